"""Puts every post and page into the tree, empty and unpublished, before any text is read.

So each link in a text finds its page, whichever comes first in the export.
"""

from collections.abc import Iterator
from html import unescape

from django.db import transaction
from django.utils.text import slugify
from wagtail.models import Page

from blog.models import ArticlePage
from clinic_site.pages.editing.forms import UNTITLED
from clinic_site.pages.models import HomePage, StandardPage
from wordpress.bring.records import Kind, Records
from wordpress.bring.slugs import free_slug, plain_slug
from wordpress.bring.topics import Topics, category_of
from wordpress.content.markup import one_line
from wordpress.report import Report
from wordpress.wxr.index import Index, IndexEntry

LONGEST_TITLE = 255


def title_of(entry: IndexEntry) -> str:
    return one_line(unescape(entry.title))[:LONGEST_TITLE] or UNTITLED


class Places:
    def __init__(self, home: HomePage, topics: Topics, index: Index, records: Records) -> None:
        self.home, self.topics, self.index, self.records = home, topics, index, records
        self.notes: dict[str, list[str]] = {}  # by the keys of entries
        self.new: set[str] = set()

    def place(self, entry: IndexEntry, report: Report) -> None:
        """Make the page of an entry, if there never was one."""
        if self.records.get(Kind.PAGE, entry.key) is not None:
            return
        with transaction.atomic():
            parent = self._parent(entry, report)
            title = title_of(entry)
            wanted = (
                entry.slug or slugify(title, allow_unicode=True) or f"{entry.kind}-{entry.number}"
            )
            slug = free_slug(wanted, parent)
            if entry.slug and slug != plain_slug(entry.slug):
                self.note(entry, f"its address ends in “{slug}”, since “{wanted}” is taken here")
            kind = ArticlePage if entry.kind == "post" else StandardPage
            page = kind(title=title, slug=slug, live=False)
            if entry.kind == "page":
                page.show_in_menus = entry.number in self.index.in_menu and parent == self.home
            parent.add_child(instance=page)
            self.records.keep(Kind.PAGE, entry.key, page.pk)
            self.new.add(entry.key)

    def note(self, entry: IndexEntry, words: str) -> None:
        self.notes.setdefault(entry.key, []).append(words)

    def _parent(self, entry: IndexEntry, report: Report) -> Page:
        if entry.kind == "post":
            if entry.categories[1:]:
                names = ", ".join(unescape(term.name) for term in entry.categories[1:])
                self.note(
                    entry, f"it stands in one topic here; its other categories are tags: {names}"
                )
            return self.topics.bring(category_of(entry), report, is_public=entry.is_public)
        key = self.index.by_number.get(entry.parent) if entry.parent else None
        above = self.index.entries.get(key) if key else None
        pk = self.records.object_id(Kind.PAGE, key) if key else None
        parent = StandardPage.objects.filter(pk=pk).first() if pk else None
        if entry.parent and parent is None:
            why = "stands below this page itself" if above else "isn’t in the export"
            self.note(entry, f"it’s at the top, since the page above it ({entry.parent}) {why}")
        return parent or self.home


def in_order(index: Index) -> Iterator[IndexEntry]:
    """Yield posts, then pages so that each comes after the one above it, in the menu's order."""
    yield from (entry for entry in index.entries.values() if entry.kind == "post")
    pages = [entry for entry in index.entries.values() if entry.kind == "page"]
    pages.sort(key=lambda entry: (entry.menu_order, entry.title.casefold()))
    waiting = {entry.key: entry for entry in pages}
    while waiting:
        ready = [
            entry for entry in waiting.values() if index.by_number.get(entry.parent) not in waiting
        ]
        for entry in ready or [next(iter(waiting.values()))]:
            del waiting[entry.key]
            yield entry
