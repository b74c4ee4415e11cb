"""Importing when a practitioner is busy from a calendar file of theirs, and removing it again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Count, Max
from django.utils import timezone

from booking.actions.claiming import Span, lock, record_freed
from booking.actions.holds import end_lapsed
from booking.cells import cell_after, cell_of
from booking.ical.parse import Busy, read_busy_times
from booking.models import Appointment, BusyTime, Claim, Practitioner

WITHOUT_SERVICES = 60  # days ahead
# Read beyond what patients can book today, since tomorrow they can book a day more.
FURTHER = 184  # days


class NothingBusy(Exception):
    """A file without a busy time from now on, where such times are stored: it asks to remove them.

    `there` is how many, `seen` names exactly them, `warnings` are what was said of the file.
    """

    def __init__(self, there: int, seen: str, warnings: Sequence[str] = ()) -> None:
        super().__init__(there)
        self.there, self.seen, self.warnings = there, seen, list(warnings)


@dataclass(frozen=True)
class ImportResult:
    """What came of a file: how many times, the visits that stand there, what was odd about it.

    The visits stay as they are; somebody has to look at them.
    """

    times: int
    overlapping: list[Appointment]
    warnings: list[str]


def import_busy_times(practitioner: Practitioner, file: bytes) -> ImportResult:
    """Take what a calendar file says is busy, from now to half a year past what patients can book.

    It replaces what was imported before, unless the file breaks off: then it adds to it. Time
    that a visit, a block or an offer has already stays with it, and is busy once they leave it.
    Raises UnreadableCalendar or NothingBusy, leaving all as it was.
    """
    begins = timezone.now()
    furthest = practitioner.assignments.aggregate(days=Max("service__horizon_days"))["days"]
    ends = begins + timedelta(days=(furthest or WITHOUT_SERVICES) + FURTHER)
    reading = read_busy_times(file, zone=_zone_of(practitioner), begins=begins, ends=ends)
    with transaction.atomic():
        lock([practitioner])
        there = _ahead(practitioner)
        if there and not reading.busy:
            raise NothingBusy(there, _seen(practitioner), reading.warnings)
        end_lapsed([Span(practitioner.pk, begins, ends)], begins)
        before = _claimed(practitioner)
        if reading.cut_off:
            busy = _longer_than_stored(practitioner, reading.busy)
        else:
            busy = reading.busy
            practitioner.busy_times.all().delete()
        overlapping = _store(practitioner, busy)
        _know_until(practitioner, ends)
        record_freed({practitioner.pk: before - _claimed(practitioner)})
    return ImportResult(len(reading.busy), overlapping, reading.warnings)


@transaction.atomic
def remove_busy_times(practitioner: Practitioner, *, seen: str) -> int:
    """Remove all that was imported, as somebody said who was asked; return how many were to come.

    Raises NothingBusy if they are not those that the question was about.
    """
    lock([practitioner])
    there = _ahead(practitioner)
    if seen != _seen(practitioner):
        raise NothingBusy(there, _seen(practitioner))
    before = _claimed(practitioner)
    practitioner.busy_times.all().delete()
    _know_until(practitioner, None)
    record_freed({practitioner.pk: before})
    return there


def _know_until(practitioner: Practitioner, ends: datetime | None) -> None:
    practitioner.busy_known_until = ends
    practitioner.save(update_fields=["busy_known_until"])


def _ahead(practitioner: Practitioner) -> int:
    return practitioner.busy_times.filter(ends_at__gt=timezone.now()).count()


def _seen(practitioner: Practitioner) -> str:
    """Names the imported times: each import stores new rows."""
    of_them = practitioner.busy_times.aggregate(count=Count("pk"), last=Max("pk"))
    return f"{of_them['count']}-{of_them['last'] or 0}"


def _longer_than_stored(practitioner: Practitioner, busy: Iterable[Busy]) -> list[Busy]:
    """Those that are new, or take longer than what is stored of them, which is deleted."""
    stored = {(time.uid, time.starts_at): time for time in practitioner.busy_times.all()}
    longer = []
    for time in busy:
        before = stored.get((time.uid, time.starts_at))
        if before is None or before.ends_at < time.ends_at:
            longer.append(time)
            if before:
                before.delete()
    return longer


def _claimed(practitioner: Practitioner) -> set[int]:
    claims = Claim.objects.filter(practitioner=practitioner, busy_time__isnull=False)
    return set(claims.values_list("cell", flat=True))


def _store(practitioner: Practitioner, busy: Iterable[Busy]) -> list[Appointment]:
    """Store times and claim what is free of them; return the visits that have the rest."""
    times = BusyTime.objects.bulk_create(
        BusyTime(
            practitioner=practitioner, uid=time.uid, starts_at=time.starts_at, ends_at=time.ends_at
        )
        for time in busy
    )
    claims = Claim.objects.filter(practitioner=practitioner)
    holders = dict(claims.values_list("cell", "appointment_id"))
    mine: dict[int, BusyTime] = {}
    visits: set[int] = set()
    for time in times:
        for cell in range(cell_of(time.starts_at), cell_after(time.ends_at)):
            if cell not in holders:
                mine.setdefault(cell, time)
            elif visit := holders[cell]:
                visits.add(visit)
    Claim.objects.bulk_create(
        (
            Claim(practitioner=practitioner, cell=cell, busy_time=time)
            for cell, time in sorted(mine.items())
        ),
        batch_size=1000,
    )
    overlapping = Appointment.objects.filter(pk__in=visits).select_related("location")
    return list(overlapping.order_by("starts_at", "pk"))


def _zone_of(practitioner: Practitioner) -> ZoneInfo:
    """The clock that whole days of their calendar go by."""
    offering = practitioner.assignments.select_related("location").order_by("pk").first()
    if offering:
        return offering.location.zone
    return ZoneInfo(timezone.get_default_timezone_name())
