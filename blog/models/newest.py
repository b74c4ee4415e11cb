"""Lists of articles by their keys, which are read again only after a page has changed.

To count and sort all published articles takes longer the more there are, and no index helps: what
they are sorted by and what makes them public is Wagtail's. So each process does it once, and a
page of a list is a few articles by their keys.
"""

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from django.core.paginator import Page, Paginator

from clinic_site.page_cache.memo import memoized_until_invalidated

if TYPE_CHECKING:
    from blog.models.articles import ArticlePage, ArticleQuerySet


class NewestArticles:
    """Articles in their order, as a paginator takes them. Each slice is one query."""

    def __init__(self, keys: list[int], articles: "ArticleQuerySet") -> None:
        self.keys, self._articles = keys, articles

    def __len__(self) -> int:
        return len(self.keys)

    def __getitem__(self, part: slice) -> list["ArticlePage"]:
        keys = self.keys[part]
        # By their keys alone: what made them this list's was asked when it was read.
        found = self._articles.in_bulk(keys)
        return [found[key] for key in keys if key in found]

    def page(self, number: Any, size: int) -> "Page[ArticlePage]":
        """Return a page of `size`; for a `number` that is none, the first or the last."""
        articles: Any = self
        return Paginator["ArticlePage"](articles, size).get_page(number)

    def without(self, keys: Collection[int]) -> "NewestArticles":
        """Return the others."""
        return NewestArticles([key for key in self.keys if key not in keys], self._articles)


def newest_articles(name: str, among: "ArticleQuerySet", *, whole: bool = False) -> NewestArticles:
    """Return those `among` that are listed, known by a `name` of their own.

    They have what a card shows, or are `whole`.
    """
    keys = memoized_until_invalidated(
        f"articles.{name}", lambda: list(among.listed().values_list("pk", flat=True)), lists=True
    )
    articles = among.model.objects.published().order_by()
    return NewestArticles(keys, articles if whole else articles.for_cards())
