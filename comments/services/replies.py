"""Answers by the clinic."""

from django.contrib.auth.models import User
from django.db import transaction

from comments.models import Comment
from comments.services.changes import State
from comments.services.decisions import approve, reply_as_staff


@transaction.atomic
def approve_and_reply(
    comment: Comment, *, text: str, name: str, submission_key: str, by: User
) -> Comment:
    """Answer a comment, approving it first if it waits; all of it or nothing.

    The same `submission_key` twice is one answer. Raises WrongState or DecidedMeanwhile.
    """
    twin = Comment.objects.filter(submission_key=submission_key).first()
    if twin is not None:
        return twin
    if comment.state == State.PENDING:
        approve(comment, by=by)
    return reply_as_staff(comment, text=text, name=name, submission_key=submission_key, by=by)
