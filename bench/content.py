"""Years of content, written past the services so that it takes a minute or two."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from bench.site import add_comments
from blog.models import ArticlePage, TopicPage
from booking.models import Appointment
from tests.booking.factories import copies, make_appointment, make_service
from tests.factories import make_article, make_topic

ARTICLES = 10_000
COMMENTS = 200_000
APPOINTMENTS = 100_000


def fill(article: ArticlePage) -> None:
    """Put years of articles, comments and appointments around `article`."""
    topic = make_topic("Years of articles")
    add_articles(topic, ARTICLES)
    crowded = ArticlePage.objects.child_of(topic)[:100]
    for other in crowded:
        add_comments(other, COMMENTS // len(crowded))
    make_service()
    first = make_appointment()
    for start in range(0, APPOINTMENTS, 5_000):
        copies(first, (f"B{number}" for number in range(start, start + 5_000)))
    assert Appointment.objects.count() > APPOINTMENTS


@transaction.atomic
def add_articles(topic: TopicPage, count: int) -> None:
    """Store copies of one article below `topic`; they stand in no search and have no history."""
    pattern = make_article("Pattern", topic)
    topic.refresh_from_db()
    common = {
        field.attname: getattr(pattern, field.attname)
        for field in Page._meta.concrete_fields
        if not field.primary_key
    }
    own = {
        field.attname: getattr(pattern, field.attname)
        for field in ArticlePage._meta.local_concrete_fields
        if not field.primary_key
    }
    pages = Page.objects.bulk_create(
        Page(**common | _place(topic, number)) for number in range(1, count)
    )
    for page in pages:
        # `raw` writes the article's own row alone.
        ArticlePage(page_ptr_id=page.pk, **own).save_base(raw=True)
    Page.objects.filter(pk=topic.pk).update(numchild=count)


def _place(topic: TopicPage, number: int) -> dict[str, Any]:
    slug, published_at = f"article-{number}", timezone.now() - timedelta(hours=number)
    return {
        "title": f"Article {number}",
        "slug": slug,
        "path": Page._get_path(topic.path, topic.depth + 1, number + 1),
        "url_path": f"{topic.url_path}{slug}/",
        "translation_key": uuid4(),
        "first_published_at": published_at,
        "last_published_at": published_at,
    }
