"""The emails about articles, to staff. Call them inside the transaction they tell of."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext

from blog.review.small_corrections import Correction
from clinic_site.accounts.models import User
from clinic_site.mail.outbox import queue_email

if TYPE_CHECKING:
    from blog.models import ArticlePage


def review_asked(article: "ArticlePage", *, by: User | None) -> None:
    """Ask the reviewer to read the article and to decide about it."""
    reviewer = article.reviewer
    if reviewer is None or reviewer.account is None or not reviewer.account.email:
        return
    queue_email(
        to=reviewer.account.email,
        template="blog/emails/review_asked",
        context={
            "article": article,
            "by": by.display_name if by else "",
            "button_url": _editor_of(article),
            "button_label": gettext("Read the article"),
        },
    )


def review_approved(article: "ArticlePage", *, to: str, by: User | None) -> None:
    """Tell who asked for the review that the article is approved, and what became of it."""
    if not to:
        return
    readers_see_it = article.live and not article.has_unpublished_changes
    address = article.full_url if readers_see_it else _editor_of(article)
    scheduled = article.scheduled_revision
    queue_email(
        to=to,
        template="blog/emails/review_approved",
        context={
            "article": article.get_latest_revision_as_object(),
            "by": by.display_name if by else "",
            "published": readers_see_it,
            "goes_live_at": scheduled.approved_go_live_at if scheduled else None,
            "button_url": address,
            "button_label": gettext("See it") if readers_see_it else gettext("Open the article"),
        },
    )


def changes_requested(article: "ArticlePage", *, to: str, by: User | None, comment: str) -> None:
    """Tell who asked for the review what the reviewer wants changed."""
    if not to:
        return
    queue_email(
        to=to,
        template="blog/emails/changes_requested",
        context={
            "article": article.get_latest_revision_as_object(),
            "by": by.display_name if by else "",
            "comment": comment,
            "button_url": _editor_of(article),
            "button_label": gettext("Open the article"),
        },
    )


def article_corrected(
    article: "ArticlePage", corrections: Sequence[Correction], *, by: User | None
) -> None:
    """Show the reviewer what was corrected since the approval, which still stands."""
    reviewer = article.reviewer
    if reviewer is None or reviewer.account is None or not reviewer.account.email:
        return
    queue_email(
        to=reviewer.account.email,
        template="blog/emails/article_corrected",
        context={
            "article": article,
            "by": by.display_name if by else "",
            "corrections": corrections,
            "button_url": article.full_url,
            "button_label": gettext("Read the article"),
        },
    )


def reviews_due(articles: Iterable["ArticlePage"], *, to: str) -> None:
    """Tell somebody which of the articles they look after should be reviewed again."""
    page = reverse("reviews_due")
    queue_email(
        to=to,
        template="blog/emails/reviews_due",
        context={
            "articles": [(article, _editor_of(article)) for article in articles],
            "button_url": f"{settings.BASE_URL}{page}",
            "button_label": gettext("See all"),
        },
    )


def _editor_of(article: "ArticlePage") -> str:
    return settings.BASE_URL + reverse("wagtailadmin_pages:edit", args=[article.pk])
