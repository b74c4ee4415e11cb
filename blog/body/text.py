"""The text of an article as HTML: drawn once for all that changes below it, such as comments."""

import json
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from django.db.models import prefetch_related_objects
from django.template.loader import render_to_string
from django.utils.translation import get_language

from blog.body.headings import contents, headings_in
from blog.body.sources import Sources, rich_texts_in
from clinic_site.clinic.current import today_at_clinic
from clinic_site.page_cache.memo import memoized_until_invalidated

if TYPE_CHECKING:
    from blog.models.articles import ArticlePage


@dataclass(frozen=True)
class ArticleText:
    contents: str
    body: str  # with its sources
    has_figures: bool


def article_text(page: "ArticlePage", context: dict[str, Any]) -> ArticleText:
    """Return the text of `page`, kept by what it says and until something on all pages changes."""
    said = json.dumps([list(page.body.raw_data), list(page.sources.raw_data)], default=str)
    mark = blake2b(said.encode(), digest_size=12).hexdigest()
    name = f"article.{page.pk}.{get_language()}.{today_at_clinic()}.{mark}"
    return memoized_until_invalidated(name, lambda: _draw(page, context))


def _draw(page: "ArticlePage", context: dict[str, Any]) -> ArticleText:
    prefetch_related_objects(list(page.images()), "renditions")
    headings = headings_in(page.body)
    shared = context | {
        "figures": page.figures,
        "headings": headings,
        "contents": contents(headings.values()),
        "sources": Sources(page.sources, rich_texts_in(page.body)),
    }

    def draw(template: str) -> str:
        return render_to_string(f"blog/includes/{template}.html", shared, context["request"])

    return ArticleText(draw("contents"), draw("body"), has_figures=bool(page.figures))
