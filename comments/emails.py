"""The emails about comments, one function each. Call them inside the transaction they tell of.

Each goes to one person. A comment that nobody has approved is quoted to the moderators alone, since
addresses are not proved, and no link holds an address.
"""

from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext

from clinic_site.clinic.current import read_clinic
from clinic_site.mail.models import OutgoingEmail
from clinic_site.mail.outbox import delete_emails, queue_email
from comments import signed_links
from comments.models import Comment, CommentEdit, Commenter, CommentRules
from comments.models.querysets import SUBJECT
from comments.moderation.rules import in_words
from comments.queue import QueueCounts


def comment_received(comment: Comment, commenter: Commenter, secret: str | None) -> None:
    """Ask the writer to confirm the wish to hear of answers, and hand over the private link."""
    confirm_url = ""
    if commenter.wants_replies:
        confirm_url = _link("confirm", signed_links.confirmation(commenter.pk))
    queue_email(
        to=commenter.email,
        template="comments/emails/comment_received",
        subject_ref=_subject_ref(comment),
        context={
            "comment": comment,
            "private_url": _link("private_link", secret) if secret else "",
            "button_url": confirm_url,
            "button_label": gettext("Yes, email me replies"),
        },
    )


def link_replaced(comment: Comment, commenter: Commenter, secret: str) -> None:
    """Hand over a new private link, which has replaced the old one."""
    queue_email(
        to=commenter.email,
        template="comments/emails/link_replaced",
        subject_ref=_subject_ref(comment),
        context={
            "comment": comment,
            "button_url": _link("private_link", secret),
            "button_label": gettext("Manage your comment"),
        },
    )


def comment_answered(answer: Comment, commenter: Commenter, *, after: timedelta) -> OutgoingEmail:
    """Tell one person of an approved answer, with the way to hear of no more (RFC 8058)."""
    unsubscribe = _link("unsubscribe", signed_links.unsubscription(commenter.pk))
    return queue_email(
        to=commenter.email,
        template="comments/emails/comment_answered",
        subject_ref=_subject_ref(commenter.comment),
        context={
            "answer": answer,
            "comment": commenter.comment,
            "unsubscribe_url": unsubscribe,
            "button_url": f"{_address_of(answer)}#comment-{answer.pk}",
            "button_label": gettext("Read the reply"),
        },
        headers={
            "List-Unsubscribe": f"<{unsubscribe}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
        after=after,
    )


def comment_waiting(comment: Comment, rules: CommentRules) -> None:
    """Tell the moderators at once that a comment or an edit waits, if they want that."""
    to = moderators_address(rules)
    if to and rules.notify == CommentRules.Notify.AT_ONCE:
        edit = CommentEdit.objects.filter(comment=comment).first()
        queue_email(
            to=to,
            template="comments/emails/comment_waiting",
            subject_ref=_subject_ref(comment),
            context={
                "comment": comment,
                "is_edit": edit is not None,
                "words": edit.text if edit else comment.text,
                "reasons": in_words(edit.held_for if edit else comment.held_for),
                "button_url": _decision(comment, "approve"),
                "button_label": gettext("Approve…"),
                "reject_url": _decision(comment, "reject"),
                "spam_url": _decision(comment, "spam"),
                "page_url": settings.BASE_URL + reverse("comment_queue:inspect", args=[comment.pk]),
            },
        )


def forget_words(comment: Comment) -> None:
    """Delete what tells moderators of a comment, since its words stand there: some are removed."""
    page = reverse("comment_queue:decide", args=[comment.pk])
    told = OutgoingEmail.objects.filter(subject_ref=_subject_ref(comment))
    with_words = [email.pk for email in told if page in email.text]
    delete_emails(told.filter(pk__in=with_words))


def comments_waiting(waiting: QueueCounts, rules: CommentRules) -> None:
    """Tell the moderators once a day how many wait, and since when."""
    to = moderators_address(rules)
    if to:
        queue_email(
            to=to,
            template="comments/emails/comments_waiting",
            context={
                "waiting": waiting,
                "button_url": f"{settings.BASE_URL}{reverse('comment_queue:index')}",
                "button_label": gettext("Open the queue"),
            },
        )


def moderators_address(rules: CommentRules) -> str:
    location = read_clinic().location
    return rules.notify_email or (location.email if location else "")


def _decision(comment: Comment, decision: str) -> str:
    """The page with one button that decides; it names the words that were read by their version."""
    page = reverse("comment_queue:decide", args=[comment.pk])
    return f"{settings.BASE_URL}{page}?decision={decision}&version={comment.version}"


def _link(name: str, token: str) -> str:
    return f"{settings.BASE_URL}{reverse(f'comments:{name}', args=[token])}"


def _address_of(comment: Comment) -> str:
    """The way to a comment, wherever it stands in its thread by the time it is taken."""
    return settings.BASE_URL + reverse("comments:see", args=[comment.pk])


def _subject_ref(comment: Comment) -> str:
    return f"{SUBJECT}{comment.pk}"
