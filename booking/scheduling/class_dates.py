"""When a class meets, and how many of its seats are left, read from the database.

Takes three queries, however many sessions and people there are.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, QuerySet

from booking.cells import cell_after, cell_of
from booking.models import ClassSession, Seat, ServiceAssignment
from booking.scheduling.availability import bookable_days, cells_of_closure
from booking.scheduling.closures import closures_of
from booking.scheduling.query import AvailabilityQuery
from clinic_site.clinic.models import Closure
from clinic_site.clinic.opening_hours import DAY


@dataclass(frozen=True)
class ClassDate:
    """A session as somebody may book it: with the seats that are left for them."""

    session: ClassSession
    left: int
    waiting: int
    zone: ZoneInfo

    @property
    def starts_at(self) -> datetime:
        return self.session.starts_at

    @property
    def local(self) -> datetime:
        """The time on the clock of the location."""
        return self.starts_at.astimezone(self.zone)

    @property
    def is_full(self) -> bool:
        return self.left == 0


def class_dates(
    search: AvailabilityQuery,
    first: date,
    last: date,
    *,
    now: datetime,
    count: int | None = None,
) -> list[ClassDate]:
    """The sessions on the days `first` to `last` at the location, full ones as well, in order."""
    zone, visit = search.location.zone, search.visit
    first, last = bookable_days(first, last, zone=zone, visit=visit, now=now)
    if first > last or not search.is_offered:
        return []
    begins, ends = (datetime.combine(day, time(), zone) for day in (first, last + DAY))
    if not search.by_desk:  # the desk enters late who has come
        begins = max(begins, now + visit.notice)
    sessions = _sessions(search).filter(starts_at__gte=begins, starts_at__lt=ends)
    found = list(sessions.order_by("starts_at", "pk"))
    if not search.by_desk:
        found = _without_closed(found, search, first, last)
    own = _session_with_own_seat(search)
    return [_date(session, search, zone, own) for session in found[:count]]


def upcoming_class_dates(
    search: AvailabilityQuery, *, now: datetime, count: int | None = 4
) -> list[ClassDate]:
    """The next `count` sessions, or all, full ones as well."""
    return class_dates(search, date.min, date.max, now=now, count=count)


def class_dates_at(
    search: AvailabilityQuery, starts_at: datetime, *, now: datetime
) -> list[ClassDate]:
    """The sessions that begin at just this time: one, or several by different people."""
    day = starts_at.astimezone(search.location.zone).date()
    dates = class_dates(search, day, day, now=now)
    return [one for one in dates if one.starts_at == starts_at]


def is_full(search: AvailabilityQuery, starts_at: datetime, *, now: datetime) -> bool:
    """Tell whether a class begins then and has no seat left, so that one can wait for it."""
    found = class_dates_at(search, starts_at, now=now)
    return bool(found) and all(each.is_full for each in found)


def _sessions(search: AvailabilityQuery) -> QuerySet[ClassSession]:
    sessions = ClassSession.objects.open().with_counts().select_related("practitioner__person")
    sessions = sessions.filter(service=search.service, location=search.location)
    if search.practitioner:
        sessions = sessions.filter(practitioner=search.practitioner)
    # For the desk too: it books with nobody who has left, and names only those who do it there.
    does_it = ServiceAssignment.objects.filter(
        practitioner=OuterRef("practitioner"), service=search.service, location=search.location
    )
    return sessions.filter(Exists(does_it), practitioner__active=True)


def _date(
    session: ClassSession, search: AvailabilityQuery, zone: ZoneInfo, own: int | None
) -> ClassDate:
    taken: int = session.taken  # type: ignore[attr-defined]
    waiting: int = session.waiting  # type: ignore[attr-defined]
    left = session.seats - taken + (session.pk == own)
    if not search.by_desk:  # what is free is first of all for those who wait
        left -= waiting
    return ClassDate(session, max(left, 0), waiting, zone)


def _session_with_own_seat(search: AvailabilityQuery) -> int | None:
    """The session of what is to get another time: its own seat is free for it."""
    if search.appointment is None:
        return None
    seat = Seat.objects.filter(appointment=search.appointment).first()
    return seat.session_id if seat else None


def _without_closed(
    sessions: list[ClassSession], search: AvailabilityQuery, first: date, last: date
) -> list[ClassSession]:
    people = {session.practitioner_id for session in sessions}
    closures = list(closures_of(people, search.location, first - DAY, last + DAY))
    return [
        session
        for session in sessions
        if not is_closed(
            session.practitioner_id,
            session.starts_at,
            session.ends_at,
            closures,
            search.location.zone,
        )
    ]


def is_closed(
    practitioner_id: int,
    starts_at: datetime,
    ends_at: datetime,
    closures: Iterable[Closure],
    zone: ZoneInfo,
) -> bool:
    """Whether one of `closures`, as `closures_of` reads them, falls upon a time of somebody."""
    taken = range(cell_of(starts_at), cell_after(ends_at))
    return any(
        run.start < taken.stop and taken.start < run.stop
        for closure in closures
        if closure.kind == Closure.Kind.CLOSED
        and closure.practitioner_id in (None, practitioner_id)  # type: ignore[attr-defined]
        for run in cells_of_closure(closure, zone)
    )
