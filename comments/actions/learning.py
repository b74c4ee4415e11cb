"""The classifier's memory: counts that moderators' own decisions move up, and undo moves down."""

from collections.abc import Sequence

from django.db.models import F

from clinic_site.privacy.kept_secrets import kept_secret
from comments.models import Comment, SpamToken
from comments.moderation import classifier


def spam_score(text: str) -> float:
    found = _tokens(text)
    rows = SpamToken.objects.filter(token__in=[classifier.ALL, *found])
    return classifier.score(found, {row.token: (row.spam, row.fine) for row in rows})


def learn(comment: Comment, kind: str) -> None:
    """Remember the comment as "spam" or "fine", or forget it for "". Call it in `atomic`."""
    if comment.learned_as == kind:
        return
    found = [classifier.ALL, *_tokens(f"{comment.name}\n{comment.text}")]
    _lock(found)
    for column, step in ((comment.learned_as, -1), (kind, 1)):
        if column:
            SpamToken.objects.filter(token__in=found).update(**{column: F(column) + step})
    Comment.objects.filter(pk=comment.pk).update(learned_as=kind)
    comment.learned_as = kind


def _tokens(text: str) -> list[str]:
    # What was learned would be lost with SECRET_KEY.
    return classifier.tokens(text, kept_secret("comments.classifier"))


def _lock(found: Sequence[str]) -> None:
    # In one order for everybody, so that two moderators never wait for each other.
    SpamToken.objects.bulk_create(
        [SpamToken(token=token) for token in found], ignore_conflicts=True
    )
    list(SpamToken.objects.select_for_update().filter(token__in=found).order_by("token"))
