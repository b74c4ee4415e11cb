"""Whom an answer shows: noted by whatever finds them, and stored before anybody gets the answer.

What is noted during one request is one insert, however many views and panels have had a part.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import NamedTuple

from django.db import DatabaseError, OperationalError, transaction
from django.db.models import Model, Q
from django.http import HttpRequest
from django.utils import timezone

from clinic_site.access_log.models import AccessLine


class LookNotStored(OperationalError):
    """Nobody gets to see what could not be noted: the answer is a 503."""


class Shown(NamedTuple):
    """One record that an answer shows."""

    table: str  # "app.model"
    record: int | None
    kind: AccessLine.Kind
    account: int | None  # whose answer it is
    details: str = ""


class Looks:
    """What one request, or one command, shows of whom."""

    def __init__(self, request: HttpRequest | None = None, *, command: str = "") -> None:
        self.request, self.command = request, command
        self.shown: dict[Shown, bool] = {}  # to whether a screen shows it again by itself

    @property
    def account(self) -> int | None:
        user = getattr(self.request, "user", None)
        return user.pk if user is not None else None

    @property
    def via(self) -> str:
        match = self.request.resolver_match if self.request else None
        return (match.view_name or match.route if match else self.command)[:80]

    def note(self, shown: Shown, *, renews: bool) -> None:
        self.shown[shown] = self.shown.get(shown, True) and renews

    def store(self, now: datetime) -> None:
        """Write a line of each; of what a screen renewed, what was not shown in this hour yet.

        Raises LookNotStored.
        """
        if not self.shown:
            return
        try:
            # Asked before the transaction: SQLite's would wait for whoever writes, for nothing.
            if lines := self.lines(now):
                # Two windows that renew themselves at once: one of them writes the line.
                renewing = any(line.renewed_in for line in lines)
                with transaction.atomic():
                    AccessLine.objects.bulk_create(lines, ignore_conflicts=renewing)
        except DatabaseError as error:
            raise LookNotStored("a look could not be stored") from error
        self.shown.clear()

    def lines(self, now: datetime) -> list[AccessLine]:
        hour = now.replace(minute=0, second=0, microsecond=0)
        via = self.via
        seen = self.seen_since(hour) if any(self.shown.values()) else set()
        return [
            AccessLine(
                at=now,
                kind=shown.kind,
                account=shown.account,
                via=via,
                table=shown.table,
                record=shown.record,
                details=shown.details,
                renewed_in=hour if renews else None,
            )
            for shown, renews in self.shown.items()
            if not (renews and shown in seen)
        ]

    def seen_since(self, hour: datetime) -> set[Shown]:
        """What this screen has shown the same person in this hour."""
        people = {shown.account for shown in self.shown}
        whose = Q(account__in=people - {None})
        if None in people:
            whose |= Q(account=None)
        rows = AccessLine.objects.filter(whose, at__gte=hour, via=self.via)
        told = rows.order_by().values_list("table", "record", "kind", "account", "details")
        return {
            Shown(table, record, AccessLine.Kind(kind), account, details)
            for table, record, kind, account, details in told
        }


_current: ContextVar[Looks | None] = ContextVar("looks", default=None)


@contextmanager
def noting_looks(looks: Looks) -> Iterator[Looks]:
    """Have what is noted meanwhile belong to `looks`."""
    token = _current.set(looks)
    try:
        yield looks
    finally:
        _current.reset(token)


def current_looks() -> Looks | None:
    """Return what belongs to the request that is being answered; None outside of any."""
    return _current.get()


def note_looks(
    rows: Iterable[Model | None],
    *,
    renews: bool = False,
    kind: AccessLine.Kind = AccessLine.Kind.LOOK,
    account: int | None = None,
) -> None:
    """Note that the answer shows these rows. `renews`: on a screen that asks by itself for news.

    `account`: whose answer it is, if nobody is signed in. Outside of a request nobody looks, and
    nothing is noted.
    """
    for row in rows:
        if row is not None:
            note_records(row._meta.label_lower, [row.pk], renews=renews, kind=kind, account=account)


def note_records(
    table: str,
    numbers: Iterable[int | None],
    *,
    renews: bool = False,
    kind: AccessLine.Kind = AccessLine.Kind.LOOK,
    account: int | None = None,
    details: str = "",
) -> None:
    """The same by the numbers of the rows; `table` is "app.model".

    `details`: what else tells whose answer it is.
    """
    if looks := _current.get():
        account = looks.account if account is None else account
        for number in numbers:
            looks.note(Shown(table, number, kind, account, details), renews=renews)


def store_looks_of_command(
    command: str, records: Iterable[tuple[str, int]], *, kind: AccessLine.Kind
) -> None:
    """Write what a command is about to show whoever is at the server. Raises LookNotStored."""
    looks = Looks(command=command)
    with noting_looks(looks):
        for table, number in records:
            note_records(table, [number], kind=kind)
    looks.store(timezone.now())
