"""Lines of the log, what somebody does to them who has the database, and what is told of it."""

from datetime import UTC, datetime
from io import StringIO
from typing import Any

from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import QuerySet

from clinic_site.access_log.models import AccessLine, AccessSeal

NOON = datetime(2027, 1, 4, 12, tzinfo=UTC)


def write(count: int, at: datetime = NOON) -> None:
    AccessLine.objects.bulk_create(
        AccessLine(kind="look", at=at, account=7, table="booking.patient", record=number)
        for number in range(count)
    )


def verify(**options: Any) -> str:
    """Return what the command says that is wrong, or nothing."""
    said = StringIO()
    try:
        call_command("verify_access_log", stdout=StringIO(), stderr=said, **options)
    except CommandError:
        return said.getvalue()
    return ""


def rewrite(rows: Any, **fields: Any) -> None:
    """What somebody does who has the database and not the keys."""
    assert QuerySet.update(rows, **fields)


def take_away(rows: Any) -> None:
    assert rows._raw_delete("default")


def raw_proof(seal: AccessSeal, text: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE access_log_accessseal SET proof = %s WHERE id = %s", [text, seal.pk])
