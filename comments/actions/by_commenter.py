"""What the writer of a comment does through the private link."""

from django.db import transaction
from django.utils import timezone

from clinic_site.forms.links import count_links
from comments import emails
from comments.actions.addresses import cancel_notices, delete_address_if_unneeded
from comments.actions.learning import learn, spam_score
from comments.actions.limits import count_edit
from comments.actions.transitions import EventType, InvalidTransition, State, change_comment
from comments.models import Comment, CommentEdit, Commenter, CommentRules, PrivateLink
from comments.models.querysets import NOTHING
from comments.moderation import confusables
from comments.moderation.rules import Reason, held_words, weigh
from comments.signed_links import LINK_LASTS


class LinkExpired(Exception):
    """The link is not ours, was replaced by a newer one, or is too old."""


def new_link(comment: Comment) -> str:
    """Give the comment a link in place of any other; return its token."""
    PrivateLink.objects.filter(comment=comment).delete()
    return PrivateLink.objects.issue(comment=comment, expires_at=timezone.now() + LINK_LASTS)


def comment_of_link(token: str) -> Comment:
    """Return the comment of a private link, or raise LinkExpired."""
    links = PrivateLink.objects.usable(timezone.now()).with_token(token)
    link = (
        links.exclude(comment__state=State.ERASED)
        .select_related("comment__page", "comment__edit")
        .first()
    )
    if link is None:
        raise LinkExpired
    comment: Comment = link.comment
    return comment


@transaction.atomic
def rotate_link(token: str) -> str:
    """Replace a link by a new one, whose token is returned; the old one ends at once.

    Raises LinkExpired.
    """
    comment = comment_of_link(token)
    if not PrivateLink.objects.with_token(token).delete()[0]:  # somebody was quicker
        raise LinkExpired
    new = new_link(comment)
    writer = Commenter.objects.filter(comment=comment).first()
    if writer is not None:
        emails.link_replaced(comment, writer, new)
    return new


@transaction.atomic
def edit_comment(comment: Comment, *, text: str, network_address: str | None = None) -> None:
    """Have `text` read before it stands in place of what is approved, whoever wrote it.

    The same words sent again change nothing. Raises InvalidTransition for what is neither pending
    nor approved, StaleComment, or TooManySent for more than a `network_address` may send.
    """
    edit = CommentEdit.objects.filter(comment=comment)
    if text == comment.text:
        edit.delete()
        return
    waiting = edit.first()
    if waiting and waiting.text == text:
        return
    if network_address:
        count_edit(network_address, timezone.now())
    rules = CommentRules.load()
    held_for = [Reason("edit").stored(), *_noticed(rules, text)]
    if comment.state == State.PENDING:
        kept = [*held_for, *_of_no_words(comment)]
        score = spam_score(f"{comment.name}\n{text}")
        change_comment(
            comment,
            EventType.EDITED,
            by=None,
            text=text,
            digest=confusables.digest(text),
            held_for=kept,
            spam_score=weigh(score, [Reason(**reason) for reason in kept]),
        )
    elif comment.state == State.APPROVED:
        change_comment(comment, EventType.EDITED, by=None)
        CommentEdit.objects.update_or_create(
            comment=comment,
            defaults={"text": text, "held_for": held_for, "submitted_at": timezone.now()},
        )
    else:
        raise InvalidTransition
    emails.comment_waiting(comment, rules)


def _of_no_words(comment: Comment) -> list[dict[str, str]]:
    """Return those reasons that no other words do away with."""
    said = {"edit", "word", "links", "any_link", "spam"}
    return [reason for reason in comment.held_for or [] if reason["code"] not in said]


def _noticed(rules: CommentRules, text: str) -> list[dict[str, str]]:
    found = [Reason("word", word) for word in held_words(text, rules.held_words)]
    links = count_links(text)
    if links > rules.most_links:
        found.append(Reason("links", str(links)))
    return [reason.stored() for reason in found]


@transaction.atomic
def withdraw(comment: Comment) -> None:
    """Take the comment off the page for its writer; its words are erased after a while.

    Raises InvalidTransition if there is nothing to withdraw, or StaleComment.
    """
    if comment.state not in {State.PENDING, State.APPROVED}:
        raise InvalidTransition
    change_comment(
        comment, EventType.WITHDRAWN, by=None, to=State.WITHDRAWN, decided_at=timezone.now()
    )
    CommentEdit.objects.filter(comment=comment).delete()
    cancel_notices(comment)
    delete_address_if_unneeded(comment)


@transaction.atomic
def erase(comment: Comment) -> None:
    """Forget what the comment says, who said it, and the address; for good.

    An empty row stays, so that answers and the history keep their place. Raises InvalidTransition
    if it is erased already, or StaleComment.
    """
    if comment.state == State.ERASED:
        raise InvalidTransition
    learn(comment, "")
    change_comment(
        comment,
        EventType.ERASED,
        by=None,
        to=State.ERASED,
        decided_at=timezone.now(),
        **NOTHING,
    )
    cancel_notices(comment)
    Comment.objects.filter(pk=comment.pk).delete_related()
