"""Very many articles, written past the services so that they take seconds."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from blog.models import ArticlePage, TopicPage
from tests.factories import make_article


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
