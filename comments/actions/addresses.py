"""Addresses: confirmed, written to, and deleted as soon as nobody needs them."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from clinic_site.mail.outbox import cancel_emails
from comments import emails
from comments.models import UNDO_FOR, Comment, Commenter, CommentRules, ReplyNotice
from comments.signed_links import confirmed_id, unsubscribed_id

State = Comment.State

# Answers to answers: so many steps up somebody is told of one.
MOST_STEPS = 20


class NotSubscribed(Exception):
    """The link is not ours or too old, or the address was deleted meanwhile."""


@transaction.atomic
def confirm_reply_emails(token: str) -> Commenter:
    """Confirm that whoever wrote the comment reads that mailbox. Raises NotSubscribed."""
    commenter_id = confirmed_id(token) or 0
    commenter = Commenter.objects.filter(pk=commenter_id, wants_replies=True).first()
    if commenter is None:
        raise NotSubscribed
    if commenter.confirmed_at is None:
        now = timezone.now()
        commenter.confirmed_at = now
        commenter.delete_at = now + timedelta(days=CommentRules.load().keep_address_days)
        commenter.save(update_fields=["confirmed_at", "delete_at"])
    return commenter


@transaction.atomic
def unsubscribe_from_replies(token: str) -> None:
    """Send no more mail about answers. Done twice, or after the address went, it is no error.

    Raises NotSubscribed if the link is not ours.
    """
    commenter_id = unsubscribed_id(token)
    if commenter_id is None:
        raise NotSubscribed
    notices = ReplyNotice.objects.filter(commenter=commenter_id)
    cancel_emails(notices.filter(email__isnull=False).values_list("email", flat=True))
    Commenter.objects.filter(pk=commenter_id).update(wants_replies=False)
    Commenter.objects.filter(pk=commenter_id).exclude(comment__state=State.PENDING).delete()


def delete_address_if_unneeded(comment: Comment) -> None:
    """Delete the address of a decided comment unless its writer asked to hear of answers.

    Who asked and has not confirmed yet has until `delete_at`; a refused comment will have no
    answers, and its address goes once the refusal cannot be undone any more (`delete_due`).
    """
    writers = Commenter.objects.filter(comment=comment)
    if comment.state != State.WITHDRAWN:
        writers = writers.filter(wants_replies=False)
    if comment.state != State.PENDING:
        writers.delete()


def notify_of_reply(answer: Comment) -> None:
    """Write to everybody who wants to hear of answers to what `answer` answers, once each.

    The emails leave when the decision cannot be undone any more.
    """
    writer = Commenter.objects.filter(comment=answer).first()
    listeners = Commenter.objects.subscribed().filter(comment__in=_answered(answer))
    if writer is not None:
        listeners = listeners.exclude(email_index=writer.email_index)
    told: set[str] = set()
    for commenter in listeners.select_related("comment__page").order_by("-pk"):
        if commenter.email_index in told:
            continue
        told.add(commenter.email_index)
        notice, is_new = ReplyNotice.objects.get_or_create(reply=answer, commenter=commenter)
        if is_new:
            notice.email = emails.comment_answered(answer, commenter, after=UNDO_FOR)
            notice.save(update_fields=["email"])


def _answered(answer: Comment) -> list[int]:
    """Return the comments that `answer` answers, from its parent up; those approved."""
    found: list[int] = []
    parent_id = answer.parent_id
    while parent_id is not None and len(found) < MOST_STEPS:
        parent = Comment.objects.only("parent_id", "state").get(pk=parent_id)
        if parent.state == State.APPROVED:
            found.append(parent.pk)
        parent_id = parent.parent_id
    return found


def cancel_notices(answer: Comment) -> None:
    """Stop the emails about `answer` that have not left; who was told is not told again."""
    notices = ReplyNotice.objects.filter(reply=answer, email__isnull=False)
    if cancel_emails(notices.values_list("email", flat=True)):
        ReplyNotice.objects.filter(reply=answer, email__isnull=True).delete()
