"""The letters about articles, to staff. Call them inside the transaction they tell of."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext

from clinic_site.accounts.models import User
from clinic_site.mail.outbox import queue_mail

if TYPE_CHECKING:
    from blog.models import ArticlePage


def review_asked(article: "ArticlePage", *, by: User | None) -> None:
    """Ask the reviewer to read the article and to decide about it."""
    reviewer = article.reviewer
    if reviewer is None or reviewer.account is None or not reviewer.account.email:
        return
    page = reverse("wagtailadmin_pages:edit", args=[article.pk])
    queue_mail(
        to=reviewer.account.email,
        template="blog/emails/review_asked",
        context={
            "article": article,
            "by": by.get_full_name() or by.get_username() if by else "",
            "button_url": f"{settings.BASE_URL}{page}",
            "button_label": gettext("Read the article"),
        },
    )


def reviews_due(articles: Iterable["ArticlePage"], *, to: str) -> None:
    """Tell somebody which of the articles they look after should be reviewed again."""
    page = reverse("reviews_due")
    queue_mail(
        to=to,
        template="blog/emails/reviews_due",
        context={
            "articles": [
                (article, settings.BASE_URL + reverse("wagtailadmin_pages:edit", args=[article.pk]))
                for article in articles
            ],
            "button_url": f"{settings.BASE_URL}{page}",
            "button_label": gettext("See all of them"),
        },
    )
