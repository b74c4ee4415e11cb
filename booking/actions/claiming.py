"""Taking time: cells written in order, which the database refuses to store twice.

Whoever takes time locks the practitioner first, then the appointment, then writes claims. So two
who want the same time queue, and none waits for one that waits for them. The lock is for order;
it is the claims' constraint that keeps time from being given twice.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from booking.actions.errors import JustTaken, NotOffered
from booking.cells import cell_after, cell_of, instant_of
from booking.models import Appointment, BusyTime, Claim, FreedTime, Practitioner
from booking.scheduling.availability import runs_of
from booking.scheduling.slots import AvailabilityQuery, offered_times
from clinic_site.clinic.opening_hours import DAY


@dataclass(frozen=True)
class Span:
    """Time of one practitioner, in UTC, the buffer included."""

    practitioner_id: int
    starts_at: datetime
    ends_at: datetime

    @property
    def cells(self) -> range:
        return range(cell_of(self.starts_at), cell_after(self.ends_at))


def to_utc(instant: datetime) -> datetime:
    """Return an aware time in UTC, where lengths can be added to it.

    Raises NotOffered at the ends of the calendar, ValueError for a time without a zone.
    """
    if instant.tzinfo is None:
        raise ValueError("a time needs its zone")
    try:
        return instant.astimezone(UTC)
    except OverflowError as error:
        raise NotOffered from error


def span_of(
    practitioner: Practitioner | int, starts_at: datetime, minutes: int, buffer_minutes: int = 0
) -> Span:
    person = practitioner if isinstance(practitioner, int) else practitioner.pk
    return Span(person, starts_at, starts_at + timedelta(minutes=minutes + buffer_minutes))


def span_of_query(
    search: AvailabilityQuery, practitioner: Practitioner, starts_at: datetime
) -> Span:
    """The time that what is searched for would take."""
    visit = search.visit
    return span_of(practitioner, starts_at, visit.duration_minutes, visit.buffer_minutes)


def lock(practitioners: Iterable[Practitioner | int]) -> None:
    """Let nobody else take time of these practitioners before the transaction ends."""
    people = {person if isinstance(person, int) else person.pk for person in practitioners}
    locked = Practitioner.objects.filter(pk__in=people).order_by("pk")
    list(locked.select_for_update(no_key=True).values_list("pk"))


def insert_claims(spans: Iterable[Span], **holder: Any) -> None:
    """Write a claim on every cell of `spans`, or none and raise JustTaken.

    Whoever takes time calls `claim_time` in `holds`, which ends what has run out before.
    """
    cells = sorted({(span.practitioner_id, cell) for span in spans for cell in span.cells})
    try:
        with transaction.atomic():
            Claim.objects.bulk_create(
                Claim(practitioner_id=person, cell=cell, **holder) for person, cell in cells
            )
    except IntegrityError as error:
        raise JustTaken from error


def release(*, then: Iterable[Span] = (), **holder: Any) -> None:
    """Give back every cell that a holder has claimed, and note them for the waiting list.

    What a practitioner's own calendar says is busy goes to that, but for cells of `then`, which
    the same holder claims next.
    """
    claims = Claim.objects.filter(**holder)
    cells: dict[int, set[int]] = defaultdict(set)
    for person, cell in claims.values_list("practitioner_id", "cell"):
        cells[person].add(cell)
    claims.delete()
    kept = {(span.practitioner_id, cell) for span in then for cell in span.cells}
    for person, freed in cells.items():
        free = {cell for cell in freed if (person, cell) not in kept}
        cells[person] -= _return_to_busy_times(person, free)
    record_freed(cells)


def _return_to_busy_times(practitioner: int, cells: set[int]) -> set[int]:
    """Claim what a calendar said was busy while somebody else had it. Returns those cells."""
    if not cells:
        return set()
    begins, ends = instant_of(min(cells)), instant_of(max(cells) + 1)
    times = BusyTime.objects.filter(
        practitioner=practitioner, starts_at__lt=ends, ends_at__gt=begins
    )
    busy = {
        cell: time
        for time in times
        for cell in cells.intersection(range(cell_of(time.starts_at), cell_after(time.ends_at)))
    }
    Claim.objects.bulk_create(
        (
            Claim(practitioner_id=practitioner, cell=cell, busy_time=time)
            for cell, time in sorted(busy.items())
        ),
        ignore_conflicts=True,
    )
    return set(busy)


def record_freed(cells: Mapping[int, Iterable[int]]) -> None:
    """Have the waiting list asked about cells of practitioners, as far as they are to come."""
    now = timezone.now()
    FreedTime.objects.bulk_create(
        FreedTime(
            practitioner_id=person,
            starts_at=instant_of(run.start),
            ends_at=instant_of(run.stop),
            freed_at=now,
        )
        for person, freed in cells.items()
        for run in runs_of(freed)
        if instant_of(run.stop) > now
    )


def is_taken(span: Span, *, now: datetime, ignoring: Appointment | None = None) -> bool:
    claims = Claim.objects.in_force(now).filter(
        practitioner=span.practitioner_id,
        cell__gte=span.cells.start,
        cell__lt=span.cells.stop,
    )
    if ignoring:
        claims = claims.exclude(appointment=ignoring)
    return claims.exists()


def find_free(
    search: AvailabilityQuery, starts_at: datetime, *, now: datetime, outside_hours: bool = False
) -> Practitioner:
    """Choose who is free at `starts_at`, having locked all who come into question.

    Call it in a transaction. Of several, the one with the least to do around that day; among
    equals, the first of the team. Raises NotOffered, or JustTaken without nearest times.
    """
    practitioners = search.practitioners
    lock(practitioners)
    if not outside_hours:
        offering = _offering(search, practitioners, starts_at, now)
        practitioners = [person for person in practitioners if person.pk in offering]
    if not practitioners:
        raise NotOffered
    free = [
        person
        for person in practitioners
        if not is_taken(
            span_of_query(search, person, starts_at), now=now, ignoring=search.appointment
        )
    ]
    if not free:
        raise JustTaken
    return min(free, key=lambda person: _busyness(person, starts_at)) if len(free) > 1 else free[0]


def _offering(
    search: AvailabilityQuery, practitioners: list[Practitioner], starts_at: datetime, now: datetime
) -> set[int]:
    """Those at work at `starts_at`, taken or not."""
    try:
        day = starts_at.astimezone(search.location.zone).date()
    except OverflowError:  # the ends of the calendar
        return set()
    slots = offered_times(search, practitioners, day, day, now=now)
    return {
        person for slot in slots if slot.starts_at == starts_at for person in slot.practitioners
    }


def _busyness(practitioner: Practitioner, starts_at: datetime) -> int:
    """The cells of visits within three days before and after."""
    return (
        Claim.objects.filter(practitioner=practitioner, appointment__isnull=False)
        .between(starts_at - 3 * DAY, starts_at + 3 * DAY)
        .count()
    )
