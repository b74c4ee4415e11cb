"""The newest articles in full, for feed readers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.db.models import prefetch_related_objects
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from wagtail.blocks import StreamValue
from wagtail.rich_text import expand_db_html

from blog.body.figures import figures_in, link_references
from blog.body.headings import headings_in
from blog.body.sources import Sources, rich_texts_in
from blog.models import ArticlePage
from blog.models.newest import newest_articles
from clinic_site.clinic.current import read_clinic
from clinic_site.clinic.models.details import ClinicDetails
from clinic_site.pages.blocks.traversal import images_in

ARTICLES = 20
SEPARATOR = "\x1e"  # no text holds it: see NOT_XML
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
ADDRESS = re.compile(r'\b(href|src)="([^"]*)"')


@dataclass(frozen=True)
class FeedContext:
    request: HttpRequest
    clinic: ClinicDetails


@dataclass(frozen=True)
class FeedEntry:
    article: ArticlePage
    url: str
    html: str


class FullTextAtom(Atom1Feed):
    """Atom with each entry's whole text, and without what XML cannot hold."""

    def __init__(self, **fields: Any) -> None:
        super().__init__(**_as_xml_holds_it(fields))

    def add_item(self, **fields: Any) -> None:  # type: ignore[override]
        super().add_item(**_as_xml_holds_it(fields))

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("content", item["content"], {"type": "html"})


class ArticleFeed(Feed):
    feed_type = FullTextAtom
    link = f"{settings.BASE_URL}/"

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> FeedContext:
        return FeedContext(request, read_clinic(request))

    def feed_url(self) -> str:
        return f"{settings.BASE_URL}{reverse('feed')}"

    def title(self, context: FeedContext) -> str:
        return context.clinic.name

    def subtitle(self, context: FeedContext) -> str:
        return context.clinic.tagline

    def items(self, context: FeedContext) -> list[FeedEntry]:
        # What was put live past the editor has no date, and an entry needs one.
        dated = ArticlePage.objects.exclude(last_published_at=None)
        articles = newest_articles("dated", dated, whole=True)[:ARTICLES]
        texts = full_texts(articles, context.clinic)
        return [
            FeedEntry(article, url, _absolute(text, url))
            for article, text in zip(articles, texts, strict=True)
            if (url := article.get_full_url(context.request))
        ]

    def item_title(self, entry: FeedEntry) -> str:
        return entry.article.title

    def item_description(self, entry: FeedEntry) -> str:
        return escape(entry.article.summary)  # the feed says that it is HTML

    def item_link(self, entry: FeedEntry) -> str:
        return entry.url

    def item_guid(self, entry: FeedEntry) -> str:
        # Stays when the article moves.
        return f"urn:uuid:{entry.article.translation_key}"

    def item_author_name(self, entry: FeedEntry) -> str:
        author = entry.article.author
        return author.name if author else ""

    def item_pubdate(self, entry: FeedEntry) -> datetime | None:
        return entry.article.first_published_at

    def item_updateddate(self, entry: FeedEntry) -> datetime | None:
        return entry.article.last_published_at

    def item_extra_kwargs(self, entry: FeedEntry) -> dict[str, Any]:
        return {"content": entry.html}


def full_texts(articles: list[ArticlePage], clinic: ClinicDetails) -> list[str]:
    """Return the bodies as HTML, with as many queries for twenty articles as for one."""
    bodies = list(_bodies(articles))
    images = [image for body in bodies for image in images_in(body)]
    prefetch_related_objects(images, "renditions")
    drawn = (_text(*pair, clinic) for pair in zip(articles, bodies, strict=True))
    texts = SEPARATOR.join(NOT_XML.sub("", text) for text in drawn)
    return expand_db_html(texts).split(SEPARATOR) if articles else []


def _bodies(articles: list[ArticlePage]) -> Iterator[list[Any]]:
    """Yield each article's blocks. As parts of one stream, all their pictures are one query."""
    raw = [block for article in articles for block in article.body.raw_data]
    stream = iter(StreamValue(ArticlePage.body.field.stream_block, raw, is_lazy=True))
    for article in articles:
        yield list(islice(stream, len(article.body)))


def _text(article: ArticlePage, body: list[Any], clinic: ClinicDetails) -> str:
    shared = {
        "figures": figures_in(body),
        "headings": headings_in(body),
        # Numbers lead to the list of sources, which stands on the article's own page.
        "sources": Sources(article.sources, rich_texts_in(body)),
        "clinic": clinic,
    }
    return "".join(_html(block, shared) for block in body)


def _html(block: Any, shared: dict[str, Any]) -> str:
    if block.block_type == "paragraph":
        # Links to pages are looked up for all articles together, in `full_texts`.
        html = link_references(block.value.source, shared["figures"])
        return shared["sources"].link_citations(html)
    context = {**shared, "block_id": block.id}
    if template := getattr(block.block.meta, "feed_template", None):
        context = block.block.get_context(block.value, parent_context=context)
        return render_to_string(template, context)
    return block.render(context)


def _absolute(html: str, page_url: str) -> str:
    return ADDRESS.sub(lambda match: f'{match[1]}="{urljoin(page_url, match[2])}"', html)


def _as_xml_holds_it(fields: dict[str, Any]) -> dict[str, Any]:
    return {
        name: NOT_XML.sub("", value) if isinstance(value, str) else value
        for name, value in fields.items()
    }
