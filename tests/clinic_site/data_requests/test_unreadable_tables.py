"""Whoever gets hold of the database without its keys reads nothing that was told in confidence.

Somebody goes through every form, as in `test_canaries`, and nothing is erased. Which columns are
looked at is told by the register, so that a new one is not forgotten.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import connection
from django.test import Client

from blog.models import ArticlePage
from booking.actions.patients.assigning import attach_new
from booking.actions.patients.records import Details, change_patient
from booking.actions.waiting.order import move_in_line
from booking.models import Appointment, Practitioner, Service
from clinic_site.accounts.models import User
from clinic_site.privacy.encryption import BlindIndexField, EncryptedTextField
from clinic_site.privacy.keys import first_key
from clinic_site.privacy.register import personal_data_records
from comments.actions.by_commenter import edit_comment
from comments.actions.decisions import approve, reject_edit
from tests.booking.waiting.factories import call_in
from tests.clinic_site.data_requests import test_canaries as journey
from tests.clinic_site.data_requests.everything import spellings, table_rows
from tests.comments.factories import confirmed, make_comment
from tests.factories import make_user

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
var_dir, town = journey.var_dir, journey.town

TOLD_IN_CONFIDENCE = [
    journey.PHONE,
    journey.EMAIL,
    journey.NOTE,
    journey.NEEDS,
    journey.REMOVED,
    journey.EDITED,
    journey.REASON,
    journey.CALLED,
]
# Nobody in this journey signs in in two steps.
NOT_FILLED = {"second_factor.Authenticator.key", "second_factor.RecoveryCode.code"}


def encrypted_columns() -> Iterator[tuple[str, str]]:
    for record in personal_data_records():
        for label, names in record.columns.items():
            for name in names.split():
                if isinstance(field_of(label, name), EncryptedTextField | BlindIndexField):
                    yield label, name


def field_of(label: str, name: str) -> object:
    try:
        return apps.get_model(label)._meta.get_field(name)
    except (LookupError, FieldDoesNotExist):
        return None  # a table of the other database, or of the next Wagtail


def stored(label: str, name: str) -> list[str]:
    """Return what the database itself has in a column, where it has anything."""
    model = apps.get_model(label)
    column = model._meta.get_field(name).column
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT "{column}" FROM "{model._meta.db_table}"')  # noqa: S608
        return [str(text) for (text,) in cursor.fetchall() if text]


def known_at_the_desk(visit: Appointment, by: User) -> None:
    visit.refresh_from_db()
    patient = attach_new(visit, by=by)
    known = {name: getattr(patient, name) for name in Details.__dataclass_fields__}
    noted = known | {"emails": journey.EMAIL, "access_needs": journey.NEEDS, "note": journey.CALLED}
    change_patient(patient, Details(**noted), by=by)


def waits_in_line(service: Service, by: User) -> None:
    entry = call_in(service, by, note=journey.NOTE)
    move_in_line(entry, to_front=True, reason=journey.NOTE, by=by)


def edited_and_answered(article: ArticlePage, by: User) -> None:
    """An edit is rejected, which can be undone; whoever asked for it hears of an answer."""
    first = confirmed(make_comment(article, email=journey.EMAIL, wants_replies=True))
    approve(first, by=by)
    edit_comment(first, text=journey.EDITED)
    reject_edit(first, by=by)
    approve(make_comment(article, parent_id=first.pk, email="ana@reader.example"), by=by)


def test_the_tables_alone_tell_nothing_that_was_told_in_confidence(
    town: ArticlePage, service: Service, robin: Practitioner, owner: User, var_dir: Path
) -> None:
    visits = journey.books(service)
    journey.comments(town, make_user("Moderators"))
    desk = Client()
    desk.force_login(make_user("Front desk"))
    journey.staff_work(desk, visits, robin)
    known_at_the_desk(visits[0], owner)
    waits_in_line(service, owner)
    edited_and_answered(town, owner)
    owners = Client()
    owners.force_login(owner)
    owners.post("/admin/people-data/", {"text": journey.EMAIL})

    wanted = {spelt for told in TOLD_IN_CONFIDENCE for spelt in spellings(told)}
    rows = list(table_rows())
    assert [(name, spelt) for name, text in rows for spelt in wanted if spelt in text] == []

    filled = set()
    for label, name in encrypted_columns():
        texts = stored(label, name)
        if isinstance(field_of(label, name), EncryptedTextField):
            assert {text[:9] for text in texts} <= {f"{first_key().id}."}, f"{label}.{name}"
        filled |= {f"{label}.{name}"} if texts else set()
    assert {f"{label}.{name}" for label, name in encrypted_columns()} - filled == NOT_FILLED
