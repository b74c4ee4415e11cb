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

from blog.models import ArticlePage
from booking.models import Practitioner, Service
from clinic_site.accounts.models import User
from clinic_site.privacy.encryption import BlindIndexField, EncryptedTextField
from clinic_site.privacy.keys import first_key
from clinic_site.privacy.register import personal_data_records
from tests.clinic_site.data_requests import journey
from tests.clinic_site.data_requests.everything import spellings, table_rows

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

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


def test_the_tables_alone_tell_nothing_that_was_told_in_confidence(
    town: ArticlePage, service: Service, robin: Practitioner, owner: User, var_dir: Path
) -> None:
    journey.leave_something_everywhere(town, service, robin, owner)
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
