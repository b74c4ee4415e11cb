"""Fills the page of an item with what the export says, unless somebody has edited it here."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from typing import Any

from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.text import Truncator
from wagtail.models import Page, PageViewRestriction, Revision

from blog.models import ArticlePage
from blog.review.checks import problems_of
from clinic_site.accounts.roles import Role
from wordpress.bring.addresses import Addresses
from wordpress.bring.bodies import BodyMaker, check
from wordpress.bring.files import Files
from wordpress.bring.people import People
from wordpress.bring.placing import Places, title_of
from wordpress.bring.records import Kind, Records, content_digest
from wordpress.bring.threads import Threads
from wordpress.content.markup import one_line
from wordpress.content.reading import read_content
from wordpress.report import ItemOutcome, ItemReport, Report
from wordpress.wxr.index import Index, IndexEntry
from wordpress.wxr.items import OldItem

LONGEST_SUMMARY, LONGEST_TAG = 300, 100
PUBLISHED, SCHEDULED, STAFF_ONLY, DRAFT = "published", "scheduled", "staff only", "draft"
MAY_READ_PRIVATE = (Role.EDITORS, Role.OWNERS)


def state_of(item: OldItem, now: datetime) -> str:
    """Return the state here: never more public than it was there."""
    at = item.dates.published
    if item.status == "publish" and not item.password:
        return SCHEDULED if at and at > now else PUBLISHED
    if item.status == "future" and not item.password:
        return SCHEDULED if at else DRAFT
    return STAFF_ONLY if item.status in ("publish", "private") else DRAFT


@dataclass
class Filling:
    """What filling a page needs to know, besides the item."""

    index: Index
    records: Records
    files: Files
    people: People
    places: Places
    addresses: Addresses
    threads: Threads
    report: Report

    def __post_init__(self) -> None:
        self.shown: dict[str, int] = {}  # by attachments, a page that shows them

    def fill(self, item: OldItem) -> None:
        """Bring an item: in one transaction, or not at all."""
        known = self.index.entries[item.key]
        entry = ItemReport(item.kind, title_of(known), item.link or item.number)
        for words in self.places.notes.get(item.key, ()):
            entry.changed(words)
        try:
            with transaction.atomic():
                self._fill(item, known, entry)
        except Exception as error:  # whatever one item does, the others come
            entry.outcome = ItemOutcome.FAILED
            entry.lost(f"it could not be brought: {type(error).__name__}: {error}"[:500])
            self._take_back(item)
        self.report.add(entry)

    def _fill(self, item: OldItem, known: IndexEntry, entry: ItemReport) -> None:
        row = self.records.get(Kind.PAGE, item.key)
        page = Page.objects.filter(pk=row.object_id).first() if row else None
        if row is None or page is None:
            entry.outcome = ItemOutcome.GONE
            return
        page = page.specific
        entry.page = page.pk
        fields = self._fields(item, page, entry)
        state = state_of(item, timezone.now())
        digest = content_digest([fields, state, str(item.dates.published), title_of(known)])
        if row.digest == digest:
            entry.outcome = ItemOutcome.SAME
        elif row.digest and page.latest_revision_id != row.revision_id:
            entry.outcome = ItemOutcome.KEPT
            entry.look("the export says something else by now; compare the two")
        else:
            entry.outcome = ItemOutcome.UPDATED if row.digest else ItemOutcome.CAME
            self._write(page, item, fields, state, entry)
            self.records.keep(
                Kind.PAGE, item.key, page.pk, digest=digest, revision_id=page.latest_revision_id
            )
        if entry.outcome is ItemOutcome.SAME:
            entry.notes = [note for note in entry.notes if note.level == "lost"]
        self.threads.bring(item, page, entry)
        self.threads.close(item, page)
        self.addresses.redirect_entry(known, page, self.report)

    def _fields(self, item: OldItem, page: Any, entry: ItemReport) -> dict[str, Any]:
        """Return what the fields of the page are to hold."""
        content = read_content(
            item.content,
            footnotes=item.meta.get("footnotes", ""),
            attached=self.index.attached.get(item.number, ()),
            rewrite=lambda address: self.addresses.rewrite(address, entry),
        )
        block = page._meta.get_field("body").stream_block
        maker = BodyMaker(block, self.files, f"{self.records.source}/{item.key}", entry)
        fields: dict[str, Any] = {"body": maker.make(content)}
        check(block, fields["body"], entry)
        for name, count in content.left_out.items():
            entry.changed(f"left out: {name}" + (f", {count} times" if count > 1 else ""))
        for name in content.shortcodes:
            entry.look(f"[{name}] is a shortcode that nothing here reads; it stays as text")
        self.shown |= {number: page.pk for number in maker.shown if number not in self.shown}
        if not item.content.strip():
            entry.look("it has no text")
        if isinstance(page, ArticlePage):
            fields |= self._article_fields(item, maker, entry)
        elif item.excerpt.strip():
            fields["search_description"] = Truncator(one_line(item.excerpt)).chars(LONGEST_SUMMARY)
        return fields

    def _article_fields(self, item: OldItem, maker: BodyMaker, entry: ItemReport) -> dict[str, Any]:
        summary = one_line(unescape(item.excerpt))
        if len(summary) > LONGEST_SUMMARY:
            entry.changed("the excerpt was longer than a summary can be; its end is cut off")
        if item.sticky:
            entry.changed("it was kept on top; lists here go by date")
        image = self._featured(item, maker, entry)
        return {
            "summary": Truncator(summary).chars(LONGEST_SUMMARY),
            "image": image,
            "tags": self._tags(item),
        }

    def _featured(self, item: OldItem, maker: BodyMaker, entry: ItemReport) -> int | None:
        number = item.meta.get("_thumbnail_id", "").strip()
        if not number or number == "0":
            return None
        found = self.files.find(number, "")
        if found.attachment:
            maker.shown.append(number)
            self.shown.setdefault(number, entry.page or 0)
        if found.problem:
            entry.lost(f"the picture for lists: {found.problem}")
        return found.image

    def _tags(self, item: OldItem) -> list[str]:
        others = self.index.entries[item.key].categories[1:]
        names = [unescape(term.name).strip() for term in (*item.names("post_tag"), *others)]
        return list(dict.fromkeys(name[:LONGEST_TAG] for name in names if name))

    def _write(
        self, page: Any, item: OldItem, fields: dict[str, Any], state: str, entry: ItemReport
    ) -> None:
        page.title = page.draft_title = title_of(self.index.entries[item.key])
        page.body = fields["body"]
        if isinstance(page, ArticlePage):
            page.summary, page.image_id = fields["summary"], fields["image"]
            page.author = self.people.find(item.creator)
            page.tags.set(fields["tags"])
        page.search_description = fields.get("search_description", page.search_description)
        if state == STAFF_ONLY:
            self._only_for_staff(page, item, entry)
        at = item.dates.published
        if state in (PUBLISHED, STAFF_ONLY):
            _publish(page, at or timezone.now(), item.dates.modified)
        else:
            _keep_as_draft(page, at if state == SCHEDULED else None, entry)
        if item.status == "pending":
            entry.look("it waited for review there")
        if isinstance(page, ArticlePage):
            _tell_what_is_missing(page, state, entry)

    def _only_for_staff(self, page: Page, item: OldItem, entry: ItemReport) -> None:
        """Have it read by those alone who could read private posts."""
        restriction, _is_new = PageViewRestriction.objects.get_or_create(
            page=Page.objects.get(pk=page.pk), restriction_type=PageViewRestriction.GROUPS
        )
        restriction.groups.set(Group.objects.filter(name__in=MAY_READ_PRIVATE))
        if item.password:
            entry.look("a password opened it; here only editors and owners who sign in can read it")
        else:
            entry.changed("it was private; editors and owners who sign in can read it")

    def _take_back(self, item: OldItem) -> None:
        """Leave nothing of a page that was made for an item in vain, if nothing stands below."""
        row = self.records.get(Kind.PAGE, item.key)
        if row is None or row.digest or item.key not in self.places.new:
            return
        page = Page.objects.filter(pk=row.object_id, numchild=0).first()
        if page is not None:
            page.delete()
            self.records.forget(Kind.PAGE, item.key)

    def sweep(self, filled: Iterable[str]) -> None:
        """Take pages away that were made in this run and whose items could not be read again."""
        for key in self.places.new - set(filled):
            self._take_back(OldItem(key=key, number="", kind=""))


def _publish(page: Any, at: datetime, modified: datetime | None) -> None:
    """Have it live as it was there, also if it lacks what is asked of those published here."""
    now = timezone.now()
    page.live, page.has_unpublished_changes, page.expired = True, False, False
    page.go_live_at = None
    page.first_published_at = min(at, now)
    page.last_published_at = min(max(modified or at, at), now)
    page.clean()
    page.save(clean=False)
    page.live_revision = page.save_revision(changed=False, clean=False)
    page.save(update_fields=["live_revision"], clean=False)


def _keep_as_draft(page: Any, go_live_at: datetime | None, entry: ItemReport) -> None:
    page.live, page.has_unpublished_changes = False, True
    page.go_live_at = go_live_at
    page.clean()
    page.save(clean=False)
    revision = page.save_revision(clean=False)
    if go_live_at:
        try:
            revision.publish(skip_permission_checks=True)
        except PermissionDenied as error:
            # Scheduled all the same, as it was: when its time comes the site refuses, and says so.
            Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=go_live_at)
            entry.look(f"it’s scheduled, but won’t be published like this: {error}")
        page.refresh_from_db()


def _tell_what_is_missing(article: ArticlePage, state: str, entry: ItemReport) -> None:
    for problem in problems_of(article, timezone.localdate()):
        if problem.blocks and state in (PUBLISHED, STAFF_ONLY):
            entry.look(f"{problem.message} It’s public all the same, as it was.")
        elif problem.blocks and state == DRAFT:
            entry.look(str(problem.message))
