"""Importing when a practitioner is busy from a calendar file of theirs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from booking.actions.claiming import Span, lock, record_freed
from booking.actions.holds import end_lapsed
from booking.cells import cell_after, cell_of
from booking.ical.parse import Busy, read_busy_times
from booking.models import Appointment, BusyTime, Claim, Practitioner

WITHOUT_SERVICES = 60  # days ahead


@dataclass(frozen=True)
class ImportResult:
    """What came of a file. The visits stand as they are; somebody has to look at them."""

    times: int
    overlapping: list[Appointment]


def import_busy_times(practitioner: Practitioner, file: bytes) -> ImportResult:
    """Take what a calendar file says is busy, from now to the end of what patients can book.

    It replaces what was imported before. Time that a visit, a block or an offer has already stays
    with it. Raises UnreadableCalendar, leaving all as it was.
    """
    begins = timezone.now()
    furthest = practitioner.assignments.aggregate(days=Max("service__horizon_days"))["days"]
    ends = begins + timedelta(days=(furthest or WITHOUT_SERVICES) + 1)
    busy = read_busy_times(file, zone=_zone_of(practitioner), begins=begins, ends=ends)
    with transaction.atomic():
        lock([practitioner])
        end_lapsed([Span(practitioner.pk, begins, ends)], begins)
        before = _forget(practitioner)
        return _store(practitioner, busy, before)


def _forget(practitioner: Practitioner) -> set[int]:
    claims = Claim.objects.filter(practitioner=practitioner, busy_time__isnull=False)
    cells = set(claims.values_list("cell", flat=True))
    BusyTime.objects.filter(practitioner=practitioner).delete()
    return cells


def _store(practitioner: Practitioner, busy: Iterable[Busy], before: set[int]) -> ImportResult:
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
    record_freed({practitioner.pk: before - mine.keys()})
    overlapping = Appointment.objects.filter(pk__in=visits).select_related("location")
    return ImportResult(len(times), list(overlapping.order_by("starts_at", "pk")))


def _zone_of(practitioner: Practitioner) -> ZoneInfo:
    """The clock that whole days of their calendar go by."""
    offering = practitioner.assignments.select_related("location").order_by("pk").first()
    if offering:
        return offering.location.zone
    return ZoneInfo(timezone.get_default_timezone_name())
