"""Emails to those who look after articles whose medical review runs out."""

from collections import defaultdict
from datetime import datetime, timedelta

from django.contrib.auth import get_user_model
from django.utils import timezone

from blog.models import ArticlePage, ArticleQuerySet
from blog.review import emails
from clinic_site.accounts.roles import Role

UNTIL_THE_NEXT = timedelta(days=31)  # reminders go out once a month


def remind_owners(now: datetime) -> None:
    """Write to whoever looks after articles that are due, or will be before the next reminder.

    What nobody looks after any more, or nobody who may edit it, goes to the owners of the clinic.
    """
    due = ArticlePage.objects.due_for_review(timezone.localdate(now) + UNTIL_THE_NEXT)
    for address, articles in _by_address(due.select_related("owner", "reviewer")).items():
        emails.reviews_due(articles, to=address)


def _by_address(due: ArticleQuerySet) -> dict[str, list[ArticlePage]]:
    owners = get_user_model().objects.filter(groups__name=Role.OWNERS, is_active=True)
    fallback = list(owners.exclude(email="").values_list("email", flat=True))
    emails_to: dict[str, list[ArticlePage]] = defaultdict(list)
    for article in due:
        owner = article.owner
        may_edit = owner is not None and article.permissions_for_user(owner).can_edit()
        looked_after = may_edit and owner.email
        for address in [owner.email] if looked_after else fallback:
            emails_to[address].append(article)
    return emails_to
