"""Every change of a comment's state. None of these knows a request."""

from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Page

from comments.models import Comment, Commenter


class DecidedMeanwhile(Exception):
    """Somebody else has decided about the comment since it was read."""


def submit_comment(page: Page, *, name: str, email: str, text: str, submission_key: str) -> Comment:
    """Store a comment as pending, once for one `submission_key` however often it is sent."""
    try:
        with transaction.atomic():
            comment = Comment.objects.create(page=page, name=name, text=text)
            Commenter.objects.create(comment=comment, email=email, submission_key=submission_key)
    except IntegrityError:
        sent_before = Comment.objects.filter(commenter__submission_key=submission_key).first()
        if sent_before is None:
            raise
        return sent_before
    return comment


@transaction.atomic
def decide(comment: Comment, to: Comment.State, *, seen: str, by: AbstractBaseUser) -> None:
    """Move a comment from the state in which `by` has `seen` it to `to`.

    Raises DecidedMeanwhile, changing nothing, if its state is another by now.
    """
    if to == seen:
        return
    pending = to == Comment.State.PENDING
    changed = Comment.objects.filter(pk=comment.pk, state=seen).update(
        state=to,
        decided_at=None if pending else timezone.now(),
        decided_by=None if pending else by,
    )
    if not changed:
        raise DecidedMeanwhile
    log(comment, f"comments.{to}", user=by, data={"from": seen})
