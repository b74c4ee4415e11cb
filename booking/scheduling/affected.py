"""Whom closures hit: the visits that fall on days on which nobody is there for them."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import reduce
from operator import or_
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q

from booking.cells import cell_after, cell_of
from booking.models import Appointment, CallTask, ProposedTime
from booking.scheduling.availability import cells_of_closure
from clinic_site.clinic.models import Closure
from clinic_site.clinic.opening_hours import DAY

PEOPLE = ("location", "service", "practitioner__person")


class _Time(NamedTuple):
    """A time that an appointment has, or that its patient may choose, and with whom it is."""

    appointment: Appointment
    starts_at: datetime
    person_id: int | None


def to_be_told(closure: Closure, *, now: datetime) -> list[Appointment]:
    """Whom a stored closure hits and nobody has told yet, by whatever way."""
    return to_be_told_of([closure], now=now)[0]


def to_be_told_of(closures: Sequence[Closure], *, now: datetime) -> list[list[Appointment]]:
    """The same for each of several closures, in three queries."""
    calls = CallTask.objects.filter(closure__in=closures, done_at__isnull=False)
    called = set(calls.values_list("closure", "appointment"))
    return [
        [
            each
            for each in affected
            if (closure.pk, each.pk) not in called and not (each.ends_at and each.ends_at <= now)
        ]
        for closure, affected in zip(closures, affected_by(closures), strict=True)
    ]


def affected_appointments(closure: Closure) -> list[Appointment]:
    """The standing appointments with a time that a closure, stored or not, falls upon.

    The times that a patient is to choose from are some as well, and the class that somebody waits
    for a seat of.
    """
    return affected_by([closure])[0]


def affected_by(closures: Sequence[Closure]) -> list[list[Appointment]]:
    """The same for each of several closures, in three queries."""
    times = _times_touched([each for each in closures if each.kind == Closure.Kind.CLOSED])
    return [
        list(dict.fromkeys(time.appointment for time in times if _falls_upon(closure, time)))
        for closure in closures
    ]


def _times_touched(closures: Sequence[Closure]) -> list[_Time]:
    """The times on the days of closures, and some near them."""
    if not closures:
        return []
    near = reduce(or_, map(_near, closures))
    agreed = Appointment.objects.standing().filter(near).select_related(*PEOPLE)
    choices = ProposedTime.objects.filter(near, appointment__state=Appointment.State.PROPOSED)
    choices = choices.select_related("practitioner", *(f"appointment__{name}" for name in PEOPLE))
    waits = Appointment.objects.waiting_for_a_seat().filter(reduce(or_, map(_class_near, closures)))
    # With those who come to it, a class is called off as a whole, and who waits is told then.
    comes = Appointment.objects.standing().exclude(state=Appointment.State.REQUESTED)
    comes = comes.filter(class_session=OuterRef("class_session"))
    waits = waits.filter(~Exists(comes))
    waits = waits.select_related("class_session__practitioner", "class_session__location", *PEOPLE)
    return [
        *(
            _Time(each, each.starts_at, each.practitioner.person_id if each.practitioner else None)
            for each in agreed.order_by("starts_at", "pk")
            if each.starts_at
        ),
        *(
            _Time(each, each.class_session.starts_at, each.class_session.practitioner.person_id)
            for each in waits
            if each.class_session
        ),
        *(_Time(each.appointment, each.starts_at, each.practitioner.person_id) for each in choices),
    ]


def _near(closure: Closure) -> Q:
    near = _days_near(closure, "starts_at")
    if closure.person_id:
        near &= Q(practitioner__person=closure.person_id)
    if closure.location_id:
        near &= Q(location=closure.location_id)
    return near


def _class_near(closure: Closure) -> Q:
    """The class on such days that somebody waits for a seat of."""
    near = _days_near(closure, "class_session__starts_at")
    if closure.person_id:
        near &= Q(class_session__practitioner__person=closure.person_id)
    if closure.location_id:
        near &= Q(class_session__location=closure.location_id)
    return near


def _days_near(closure: Closure, column: str) -> Q:
    # Wider on either side than any zone reaches and any visit is long.
    begins = datetime.combine(closure.first_day, datetime.min.time(), UTC)
    ends = datetime.combine(closure.last_day, datetime.min.time(), UTC)
    return Q(**{f"{column}__gt": begins - 2 * DAY, f"{column}__lt": ends + 3 * DAY})


def _falls_upon(closure: Closure, time: _Time) -> bool:
    if closure.kind != Closure.Kind.CLOSED:
        return False
    if closure.person_id not in (None, time.person_id):
        return False
    if closure.location_id not in (None, time.appointment.location_id):
        return False
    ends_at = time.starts_at + timedelta(minutes=time.appointment.duration_minutes)
    visit = range(cell_of(time.starts_at), cell_after(ends_at))
    closed = cells_of_closure(closure, time.appointment.location.zone)
    return any(run.start < visit.stop and visit.start < run.stop for run in closed)
