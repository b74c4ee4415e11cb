"""Answers by the clinic."""

from django.db import transaction
from django.utils import timezone

from clinic_site.accounts.models import User
from comments.actions.addresses import notify_of_reply
from comments.actions.decisions import approve
from comments.actions.transitions import EventType, InvalidTransition, State, record_comment_event
from comments.models import Comment
from comments.moderation import confusables


@transaction.atomic
def reply_as_staff(
    comment: Comment, *, text: str, name: str, idempotency_key: str, by: User
) -> Comment:
    """Answer an approved comment under the clinic's badge; once for one `idempotency_key`.

    Raises InvalidTransition if the comment is not approved.
    """
    existing = Comment.objects.filter(idempotency_key=idempotency_key).first()
    if existing is not None:
        return existing
    approved = Comment.objects.select_for_update().filter(pk=comment.pk, state=State.APPROVED)
    if not approved.exists():
        raise InvalidTransition
    answer, is_new = Comment.objects.get_or_create(
        idempotency_key=idempotency_key,
        defaults={
            "page_id": comment.page_id,
            "parent": comment,
            "name": name,
            "text": text,
            "digest": confusables.digest(text),
            "state": State.APPROVED,
            "decided_at": timezone.now(),
            "decided_by": by,
            "is_staff": True,
            "staff_author": by,
        },
    )
    if is_new:
        record_comment_event(answer, EventType.REPLIED, by=by, before="", after=State.APPROVED)
        notify_of_reply(answer)
    return answer


@transaction.atomic
def approve_and_reply(
    comment: Comment, *, text: str, name: str, idempotency_key: str, by: User
) -> Comment:
    """Answer a comment, approving it first if it waits; all of it or nothing.

    The same `idempotency_key` twice is one answer. Raises InvalidTransition or StaleComment.
    """
    existing = Comment.objects.filter(idempotency_key=idempotency_key).first()
    if existing is not None:
        return existing
    if comment.state == State.PENDING:
        approve(comment, by=by)
    return reply_as_staff(comment, text=text, name=name, idempotency_key=idempotency_key, by=by)
