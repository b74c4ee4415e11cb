"""Whoever has approved an article is told what was corrected in it since, once readers see it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.db import transaction
from wagtail.models import Page, Revision

from blog.review import emails
from blog.review.readiness import corrected_since_approval, reviewed_content

if TYPE_CHECKING:
    from blog.models import ArticlePage


@contextmanager
def telling_of_corrections(article: "ArticlePage", revision: Revision) -> Iterator[None]:
    """Email the reviewer how `revision` differs from what was approved, if this has published it.

    What readers have seen already is told once.
    """
    before = article.live_revision
    with transaction.atomic():
        yield
        if not article.reviewer_id or not Page.objects.filter(live_revision=revision).exists():
            return
        if before and reviewed_content(before) == reviewed_content(revision):
            return
        if corrections := corrected_since_approval(revision):
            emails.article_corrected(article, corrections, by=revision.user)
