"""What the access log says that somebody has seen."""

from typing import Any

from django.db.models import Model

from clinic_site.access_log.models import AccessLine


def lines_of(account: Any = None) -> set[tuple[str, int | None]]:
    """Which records there is a line of, by table and number; of one account, if it is said."""
    lines = AccessLine.objects.filter(kind__in=AccessLine.OF_RECORDS)
    if account is not None:
        lines = lines.filter(account=account.pk)
    return set(lines.order_by().values_list("table", "record"))


def vias_of(account: Any) -> set[str]:
    """By which addresses somebody has looked at records."""
    lines = AccessLine.objects.filter(kind__in=AccessLine.OF_RECORDS, account=account.pk)
    return set(lines.order_by().values_list("via", flat=True))


def key_of_row(row: Model) -> tuple[str, int]:
    return row._meta.label_lower, row.pk
