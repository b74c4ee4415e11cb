"""What an article ends with: the articles nearest to it, as the worker found them."""

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import QuerySet
from django.template.loader import render_to_string

from blog.models.newest import newest_articles
from clinic_site.page_cache.memo import memoized_until_invalidated
from clinic_site.pages.prepared import prepared

if TYPE_CHECKING:
    from blog.models.articles import ArticlePage

RELATED = 3


def nearest_to(article: "ArticlePage") -> list[int]:
    """Return the keys of those that the worker found most like `article`, the nearest first.

    What is wanting is made up by the newest, so they are fewer than wanted only if there are
    no others.
    """
    original = article.alias_of_id or article.pk
    found = [key for (key,) in _found_near(article.pk, original)]
    if len(found) < RELATED:
        newest = newest_articles("all", type(article).objects.all())
        found += newest.without({article.pk, original, *found}).keys[: RELATED - len(found)]
    return found


def related_cards(keys: list[int]) -> str:
    """Return the cards of these articles as HTML, drawn once until any article changes."""
    name = f"related.{'.'.join(map(str, keys))}"
    return memoized_until_invalidated(name, lambda: _draw(keys), lists=True)


def _draw(keys: list[int]) -> str:
    articles = _articles().objects.published().order_by().for_cards().in_bulk(keys)
    related = [articles[key] for key in keys if key in articles]
    return render_to_string("blog/includes/related.html", {"related": related})


@prepared
def _found_near(article: int, original: int) -> QuerySet[Any, Any]:
    """`original` is what an alias repeats; otherwise the article itself."""
    near = _articles().objects.listed().filter(near__article=article).exclude(pk=original)
    return near.order_by("near__place").values_list("pk")[:RELATED]


def _articles() -> "type[ArticlePage]":
    model: type[ArticlePage] = apps.get_model("blog", "ArticlePage")
    return model
