"""What patients say of the clinic on its home page: in what is published, and in every version."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext_lazy as _
from modelsearch import index
from wagtail.admin.models import FormState
from wagtail.models import Revision

from clinic_site.accounts.models import User
from clinic_site.page_cache.invalidation import invalidate_page_and_lists
from clinic_site.pages.models import HomePage
from clinic_site.privacy.encryption import blind_index
from clinic_site.privacy.tables import Exported, PersonalDataTable, RowSummary, Sought, matches
from clinic_site.search.deleted_words import purge_deleted_words
from clinic_site.sqlite.wal import empty_log_after_commit

SECTION = "testimonials"


@dataclass(frozen=True)
class Testimonials:
    """What one person says on one page."""

    page: HomePage
    name: str


class TestimonialTable(PersonalDataTable[Testimonials]):
    title = _("What patients say on our pages")
    model = HomePage

    def rows(self) -> Iterator[Testimonials]:
        for page in HomePage.objects.all():
            said = [one for body in _bodies(page) for one in _testimonials(body)]
            for name in dict.fromkeys(one.get("name") or "" for one in said):
                if name:
                    yield Testimonials(page, name)

    def find(self, sought: Sought) -> Iterable[Testimonials]:
        if not sought.name:
            return []
        return [row for row in self.rows() if matches(self.summary(row), sought)]

    def key(self, row: Testimonials) -> str:
        return f"{row.page.pk}-{blind_index(row.name)[:12]}"

    def summary(self, row: Testimonials) -> RowSummary:
        return RowSummary(row.page.title, (row.name,))

    def export(self, row: Testimonials) -> Exported:
        words = {
            one.get("words", ""): one.get("consent_on") or ""
            for body in _bodies(row.page)
            for one in _testimonials(body)
            if one.get("name") == row.name
        }
        return {
            str(_("Name")): row.name,
            str(_("Words, and when permission was given")): [
                f"{said} {day}".strip() for said, day in words.items()
            ],
        }

    def identity(self, row: Testimonials) -> str:
        return f"{row.page.translation_key} {row.name}"

    def erase(self, row: Testimonials, *, by: User | None) -> None:
        """Take the words out of the page and out of all its versions."""
        for revision in _revisions(row.page):
            body = json.loads(revision.content.get("body") or "[]")
            if left := _without(body, row.name):
                revision.content["body"] = json.dumps(left.body)
                revision.save(update_fields=["content"])
        page = HomePage.objects.get(pk=row.page.pk)
        if left := _without(_raw(page), row.name):
            page.body = page.body.stream_block.to_python(left.body)
            HomePage.objects.filter(pk=page.pk).update(body=page.body)
            index.insert_or_update_object(page)
            purge_deleted_words()
            invalidate_page_and_lists(page)
        home = ContentType.objects.get_for_model(HomePage)
        FormState.objects.filter(content_type=home, object_id=str(page.pk)).delete()
        empty_log_after_commit()


@dataclass(frozen=True)
class Left:
    body: list[Any]


def _without(body: list[Any], name: str) -> Left | None:
    """Return a body without somebody's words; None if they are not in it."""
    found = False
    left = []
    for section in body:
        if section["type"] == SECTION:
            items = section["value"].get(SECTION) or []
            stay = [item for item in items if _value(item).get("name") != name]
            if len(stay) < len(items):
                found = True
                if not stay:
                    continue
                section = section | {"value": section["value"] | {SECTION: stay}}
        left.append(section)
    return Left(left) if found else None


def _testimonials(body: list[Any]) -> Iterator[dict[str, Any]]:
    for section in body:
        if section["type"] == SECTION:
            yield from map(_value, section["value"].get(SECTION) or [])


def _value(item: dict[str, Any]) -> dict[str, Any]:
    """Return what is in an item of a list; older ones have no envelope."""
    value: dict[str, Any] = item.get("value", item) if "type" in item else item
    return value


def _bodies(page: HomePage) -> Iterator[list[Any]]:
    yield _raw(page)
    for revision in _revisions(page):
        yield json.loads(revision.content.get("body") or "[]")


def _raw(page: HomePage) -> list[Any]:
    return list(page.body.get_prep_value())


def _revisions(page: HomePage) -> Iterable[Revision]:
    return Revision.objects.for_instance(page).iterator()


TABLES: list[PersonalDataTable[Any]] = [TestimonialTable()]
