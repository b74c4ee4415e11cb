"""Which articles to read next: those of the same topic, with the same tags and the same words.

Comparing an article with all others takes a while, so the worker does it, after something
has been published, and keeps the nearest. `blog.models.nearest` shows them.
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from wagtail.models import Page

from blog.models import ArticlePage, ArticleQuerySet, ArticleTag, RelatedArticle
from clinic_site.page_cache.invalidation import invalidate_pages
from clinic_site.search.words import analyzed

STORED = 6
BATCH = 20  # articles compared in one round of the worker

TOPIC_WEIGHT = 1.0
TAG_WEIGHT = 2.0  # somebody has chosen it
SHORTEST_WORD = 4


@dataclass(frozen=True)
class ArticleFeatures:
    """What is compared of an article."""

    pk: int
    topic: str
    tags: frozenset[str]
    words: frozenset[str]


class SimilarityIndex:
    """All articles, to be compared with each other; they come newest first.

    What few articles have says more than what many have: a tag or word counts by how rare it is.
    """

    def __init__(self, articles: Iterable[ArticleFeatures]) -> None:
        self._articles = {article.pk: article for article in articles}
        self._tags = _rarity(article.tags for article in self._articles.values())
        self._words = _rarity(article.words for article in self._articles.values())

    def __len__(self) -> int:
        return len(self._articles)

    def __contains__(self, pk: int) -> bool:
        return pk in self._articles

    def nearest(self, pk: int, count: int = STORED) -> list[int]:
        """Return the ids of the `count` articles most like that of `pk`, the nearest first."""
        subject = self._articles[pk]
        others = [article for article in self._articles.values() if article is not subject]
        others.sort(key=lambda other: self._similarity(subject, other), reverse=True)
        return [other.pk for other in others[:count]]

    def _similarity(self, one: ArticleFeatures, other: ArticleFeatures) -> float:
        return (
            TOPIC_WEIGHT * (one.topic == other.topic)
            + TAG_WEIGHT * sum(self._tags[tag] for tag in one.tags & other.tags)
            + sum(self._words[word] for word in one.words & other.words)
        )


def _rarity(sets: Iterable[frozenset[str]]) -> dict[str, float]:
    """Return a weight for each member: 0 for what all the sets have, more the fewer have it."""
    sets = list(sets)
    counts = Counter(member for one in sets for member in one)
    return {member: math.log10(len(sets) / count) for member, count in counts.items()}


def relate_articles(now: datetime) -> None:
    """Compare the articles published since they were last compared, and those nearest to them."""
    fresh = list(_fresh()[:BATCH])
    if not fresh:
        return
    index = SimilarityIndex(article_features())
    if len(index) < 2:
        return
    found = {pk: index.nearest(pk) for pk in fresh if pk in index}
    neighbors = {pk for near in found.values() for pk in near} - found.keys()
    found |= {pk: index.nearest(pk) for pk in neighbors}
    with transaction.atomic():
        RelatedArticle.objects.filter(article__in=found).delete()
        RelatedArticle.objects.bulk_create(
            RelatedArticle(article_id=pk, related_id=other, place=place, found_at=now)
            for pk, near in found.items()
            for place, other in enumerate(near)
        )
        invalidate_pages(*Page.objects.filter(pk__in=found))


def discard_related(instance: ArticlePage, **_signal: Any) -> None:
    """Forget what was found for an article that has moved to another topic."""
    RelatedArticle.objects.filter(article=instance).delete()


def _fresh() -> ArticleQuerySet:
    since = Q(found_at__gte=OuterRef("last_published_at")) | Q(article__last_published_at=None)
    compared = RelatedArticle.objects.filter(since, article=OuterRef("pk"))
    articles = ArticlePage.objects.listed()
    fresh: ArticleQuerySet = articles.filter(~Exists(compared))
    return fresh.values_list("pk", flat=True)


def article_features() -> Iterator[ArticleFeatures]:
    """Yield what is compared of all published articles, newest first, with two queries."""
    tags: dict[int, set[str]] = {}
    for pk, tag in ArticleTag.objects.values_list("content_object_id", "tag__slug"):
        tags.setdefault(pk, set()).add(tag)
    articles = ArticlePage.objects.listed()
    facts = articles.values_list("pk", "path", "title", "summary")
    for pk, path, title, summary in facts:
        yield ArticleFeatures(
            pk=pk,
            topic=path[: -ArticlePage.steplen],
            tags=frozenset(tags.get(pk, ())),
            words=frozenset(_words(f"{title} {summary}")),
        )


def _words(text: str) -> Iterator[str]:
    return (
        part.stem
        for compound in analyzed(text)
        for part in compound.parts
        if len(part.written) >= SHORTEST_WORD
    )
