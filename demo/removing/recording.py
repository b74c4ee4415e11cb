"""What the demo has brought, noted as it is loaded, so that all of it can be taken away again."""

import json
from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from django.core import serializers
from django.db.models import Model
from wagtail.models import Page

from blog.models import ArticlePage, TopicPage
from booking.models import (
    Appointment,
    BlockedTime,
    BookingRules,
    ClassSchedule,
    ClassSession,
    Course,
    Patient,
    Practitioner,
    Service,
    ServicePage,
    ServicesPage,
    WaitingListEntry,
)
from clinic_site.accounts.models import User
from clinic_site.appearance.models import Appearance
from clinic_site.clinic.models.closures import Closure
from clinic_site.clinic.models.details import ClinicDetails
from clinic_site.clinic.models.locations import Location
from clinic_site.clinic.models.people import Person
from clinic_site.documents.models import SiteDocument
from clinic_site.images.models import SiteImage
from clinic_site.pages.models import ContactPage, HomePage, StandardPage, TeamPage
from comments.models import Comment
from demo.models import DemoRow

# What people at work change all day; it goes with the demo, whatever has become of it.
MADE_UP: tuple[type[Model], ...] = (
    Comment,
    WaitingListEntry,
    Appointment,
    Course,
    Patient,
    ClassSession,
    ClassSchedule,
    BlockedTime,
    Closure,
)
# What an owner may have made her own.
PAGES: tuple[type[Page], ...] = (
    ArticlePage,
    TopicPage,
    ServicePage,
    ServicesPage,
    StandardPage,
    TeamPage,
    ContactPage,
    HomePage,
)
CONTENT: tuple[type[Model], ...] = (
    Practitioner,
    Service,
    Person,
    Location,
    SiteImage,
    SiteDocument,
    User,
)
# Records that stand before the demo comes, or of which there is one.
SETTINGS: tuple[type[Model], ...] = (ClinicDetails, BookingRules, Appearance)

# What is typed on the same page as a row, and stored beside it.
PARTS: dict[type[Model], tuple[str, ...]] = {
    Practitioner: ("weekly_hours", "assignments"),
    Location: ("opening_hours",),
}

# What is not typed by anybody: the site itself writes it.
BY_ITSELF = {"last_login", "file_hash", "file_size", "problem", "share_card"}


class Recording:
    """Looks at the site before the demo is loaded, and notes what has come afterwards."""

    def __init__(self) -> None:
        models = (*MADE_UP, *PAGES, *CONTENT, *SETTINGS)
        self.before = {model: {row.pk: fields_of(row) for row in _rows(model)} for model in models}

    def note(self) -> None:
        DemoRow.objects.bulk_create(self._noted(), batch_size=500)

    def _noted(self) -> Iterable[DemoRow]:
        for model, known in self.before.items():
            for row in _rows(model):
                before = known.get(row.pk)
                digest = "" if model in MADE_UP else digest_of(row)
                if before is None or before != fields_of(row):
                    yield DemoRow(
                        model=model._meta.label, object_id=row.pk, digest=digest, before=before
                    )


def fields_of(row: Model) -> dict[str, Any]:
    """Return what a row says, as JSON has it."""
    [written] = json.loads(serializers.serialize("json", [row]))
    fields: dict[str, Any] = written["fields"]
    return {name: value for name, value in fields.items() if name not in BY_ITSELF}


def digest_of(row: Model) -> str:
    """Return what is another once somebody has changed `row`: of a page, its newest version."""
    if isinstance(row, Page):
        says: Any = row.latest_revision_id
    else:
        parts = [part for name in PARTS.get(type(row), ()) for part in getattr(row, name).all()]
        says = sorted(repr(sorted(fields_of(each).items())) for each in (row, *parts))
    return sha256(repr(says).encode()).hexdigest()


def _rows(model: type[Model]) -> Iterable[Any]:
    return model._base_manager.order_by("pk").iterator(chunk_size=500)
