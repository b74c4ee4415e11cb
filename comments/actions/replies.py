"""Answers by the clinic."""

from django.db import transaction

from clinic_site.accounts.models import User
from comments.actions.changes import State
from comments.actions.decisions import approve, reply_as_staff
from comments.models import Comment


@transaction.atomic
def approve_and_reply(
    comment: Comment, *, text: str, name: str, idempotency_key: str, by: User
) -> Comment:
    """Answer a comment, approving it first if it waits; all of it or nothing.

    The same `idempotency_key` twice is one answer. Raises WrongState or DecidedMeanwhile.
    """
    twin = Comment.objects.filter(idempotency_key=idempotency_key).first()
    if twin is not None:
        return twin
    if comment.state == State.PENDING:
        approve(comment, by=by)
    return reply_as_staff(comment, text=text, name=name, idempotency_key=idempotency_key, by=by)
