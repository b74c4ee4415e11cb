"""Categories with posts become topics; each article stands in one."""

from collections.abc import Iterable
from html import escape, unescape

from django.db import transaction
from django.utils.text import slugify

from blog.models import TopicPage
from clinic_site.pages.models import HomePage
from wordpress.bring.records import Kind, Records
from wordpress.bring.slugs import free_slug
from wordpress.content.markup import one_line
from wordpress.report import ItemOutcome, ItemReport, Report
from wordpress.wxr.index import IndexEntry
from wordpress.wxr.items import OldTerm

UNSORTED = OldTerm("category", "uncategorized", "Uncategorized")


def category_of(entry: IndexEntry) -> OldTerm:
    return entry.categories[0] if entry.categories else UNSORTED


class Topics:
    def __init__(self, home: HomePage, declared: Iterable[OldTerm], records: Records) -> None:
        self.home, self.records = home, records
        self.declared = {term.slug: term for term in declared if term.domain == "category"}
        self._found: dict[str, TopicPage | None] = {}

    def find(self, term: OldTerm) -> TopicPage | None:
        key = _key(term)
        if key not in self._found:
            pk = self.records.object_id(Kind.TOPIC, key)
            self._found[key] = TopicPage.objects.filter(pk=pk).first() if pk else None
        return self._found[key]

    @transaction.atomic
    def bring(self, term: OldTerm, report: Report, *, is_public: bool) -> TopicPage:
        """Return the topic of a category, made if there is none, published if it is to be."""
        topic = self.find(term)
        if topic is None:
            topic = self._make(term, report)
        if is_public and not topic.live:
            topic.save_revision(clean=False).publish(skip_permission_checks=True)
            topic.refresh_from_db()
        self._found[_key(term)] = topic
        return topic

    def _make(self, term: OldTerm, report: Report) -> TopicPage:
        declared = self.declared.get(term.slug, term)
        title = unescape(declared.name).strip()[:255] or "Uncategorized"
        entry = ItemReport("topic", title, term.slug)
        topic = TopicPage.objects.child_of(self.home).filter(title__iexact=title).first()
        if topic is not None:
            entry.outcome = ItemOutcome.SAME
            entry.changed("there’s a topic of that name here, so the articles stand in it")
        else:
            topic = TopicPage(
                title=title,
                slug=free_slug(term.slug or slugify(title, allow_unicode=True), self.home),
                introduction=_introduction(declared.description),
                live=False,
            )
            self.home.add_child(instance=topic)
        if declared.parent:
            above = self.declared.get(declared.parent)
            name = unescape(above.name) if above else declared.parent
            entry.changed(f"it was below “{name}”; topics here stand beside one another")
        self.records.keep(Kind.TOPIC, _key(term), topic.pk)
        entry.page = topic.pk
        report.add(entry)
        return topic


def _key(term: OldTerm) -> str:
    return term.slug or term.name


def _introduction(description: str) -> str:
    words = one_line(description)
    return f"<p>{escape(words, quote=False)}</p>" if words else ""
