"""The counts, added up by the database: as many rows come back as there are kinds, not visits.

Nothing here reads who anybody was, so that erasing changes no count.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from booking.models import Appointment, AppointmentEvent, BookingRules, ClassSession
from booking.numbers.counts import Counted, Counts, Measure
from booking.numbers.months import MonthRange

State = Appointment.State
EventType = AppointmentEvent.EventType
CAME = Q(state__in=[State.ARRIVED, State.COMPLETED])
SEATED = Q(state__in=Appointment.AGREED, class_session__isnull=False)


@dataclass(frozen=True)
class Selection:
    """Which appointments count, by the keys of what they are of; None is all."""

    practitioner: int | None = None
    service: int | None = None
    location: int | None = None

    def q(self, path: str = "") -> Q:
        asked = vars(self).items()
        return Q(**{f"{path}{name}": key for name, key in asked if key is not None})


def count_visits(months: MonthRange, chosen: Selection, now: datetime) -> Counts:
    """What became of the agreed visits that began in these months."""
    past = Q(state=State.CONFIRMED, ends_at__lte=now)
    measures = {
        Measure.VISITS: Count("pk", filter=CAME),
        Measure.FIRST_VISITS: Count("pk", filter=CAME & Q(new_patient=True, came_before=False)),
        Measure.NO_SHOWS: Count("pk", filter=Q(state=State.NO_SHOW)),
        Measure.NOT_NOTED: Count("pk", filter=past),
        Measure.BOOKED_MINUTES: Sum(
            "duration_minutes", filter=Q(state__in=Appointment.AGREED, class_session=None)
        ),
        # Not counted by the rows of seats: erasing gives them back.
        Measure.SEATS_TAKEN: Count("pk", filter=SEATED & Q(starts_at__lte=now)),
    }
    # Narrowed down by the time alone: told the states, SQLite would read those of all years.
    begun = Appointment.objects.filter(months.covers("starts_at"), chosen.q())
    return _counts(begun, months, "starts_at", measures)


def count_cancellations(months: MonthRange, chosen: Selection) -> Counts:
    """Visits of these months that patients called off late, by the policy as it is today.

    By phone as well: all but what the clinic called off itself, as with a whole class.

    One that was called off only after it should have ended, as erasing does with visits of which
    nobody noted anything, was booked, and is still not noted.
    """
    free_hours = timedelta(hours=BookingRules.load().free_change_hours)
    by_clinic = Q(by_clinic=True) | Q(appointment__class_session__canceled_at__lte=F("at"))
    late = Q(at__gt=F("appointment__starts_at") - free_hours, at__lt=F("appointment__ends_at"))
    late &= ~by_clinic
    afterward = Q(at__gte=F("appointment__ends_at"))
    measures = {
        Measure.LATE_CANCELLATIONS: Count("pk", filter=late),
        Measure.LATE_ONLINE: Count("pk", filter=late & Q(actor=AppointmentEvent.Actor.PATIENT)),
        Measure.NOT_NOTED: Count("pk", filter=afterward),
        Measure.BOOKED_MINUTES: Sum(
            "appointment__duration_minutes",
            filter=afterward & Q(appointment__class_session=None),
        ),
        Measure.SEATS_TAKEN: Count(
            "pk", filter=afterward & Q(appointment__class_session__isnull=False)
        ),
    }
    # Nothing but undoing leads out of this state, so that the state itself need not be asked for.
    called_off = AppointmentEvent.objects.filter(
        months.covers("starts_at"),
        chosen.q("appointment__"),
        event_type=EventType.CANCELED,
        from_state=State.CONFIRMED,
        undone_by=None,
    )
    return _counts(called_off, months, "starts_at", measures)


def count_classes(months: MonthRange, chosen: Selection, now: datetime) -> Counts:
    """The seats of classes that have begun, and the time of those to which anybody comes, once."""
    met = ClassSession.objects.open().filter(months.covers("starts_at"), chosen.q())
    comes = Appointment.objects.filter(SEATED, class_session=OuterRef("pk"))
    called_off_afterward = AppointmentEvent.objects.filter(
        appointment__class_session=OuterRef("pk"),
        event_type=EventType.CANCELED,
        undone_by=None,
        at__gte=F("appointment__ends_at"),
    )
    measures = {
        Measure.SEATS: Sum("seats", filter=Q(starts_at__lte=now)),
        Measure.BOOKED_MINUTES: Sum("duration_minutes", filter=Q(comes=True)),
    }
    told = met.annotate(comes=Exists(comes) | Exists(called_off_afterward))
    return _counts(told, months, "starts_at", measures)


def requests_made(months: MonthRange, chosen: Selection) -> QuerySet[Appointment]:
    """What patients asked for in these months, and the desk has to answer.

    Who waits for a seat of a class is offered one by the site. All states are named, since the
    index begins with them; the class is asked for such that SQLite does not take the index of that.
    """
    return Appointment.objects.alias(of_class=Coalesce("class_session", 0)).filter(
        months.covers("requested_at"),
        chosen.q(),
        state__in=State.values,
        of_class=0,
        events__event_type=EventType.REQUESTED,
        events__actor=AppointmentEvent.Actor.PATIENT,
    )


def count_requests(months: MonthRange, chosen: Selection) -> Counts:
    measures = {Measure.REQUESTS: Count("pk")}
    return _counts(requests_made(months, chosen), months, "requested_at", measures)


def count_lead_days(months: MonthRange, chosen: Selection) -> dict[Counted, Counter[int]]:
    """How many days lay between the booking and the visit, of those who came."""
    begun = Appointment.objects.filter(months.covers("starts_at"), chosen.q())
    rows = (
        begun.values("practitioner", "service", "location")
        .annotate(
            month=months.number_of("starts_at"),
            days=months.days_between("requested_at", "starts_at"),
            number=Count("pk", filter=CAME),
        )
        .filter(number__gt=0)
        .order_by()
    )
    counts: dict[Counted, Counter[int]] = {}
    for row in rows:
        counts.setdefault(_counted(row, months), Counter())[max(row["days"], 0)] += row["number"]
    return counts


def _counts(
    rows: QuerySet[Any], months: MonthRange, column: str, measures: dict[Measure, Any]
) -> Counts:
    """Add up `measures` of each month, practitioner, service and location."""
    path = months.path
    found = (
        rows.annotate(month=months.number_of(column))
        .values("month", *(f"{path}{name}" for name in ("practitioner", "service", "location")))
        .annotate(**{f"number_of_{name}": counted for name, counted in measures.items()})
        .order_by()
    )
    counts = {
        _counted(row, months): Counter(
            {name: row[f"number_of_{name}"] or 0 for name in measures},
        )
        for row in found
    }
    return {of: counted for of, counted in counts.items() if counted.total()}


def _counted(row: Mapping[str, Any], months: MonthRange) -> Counted:
    keys = (row[f"{months.path}{name}"] for name in ("practitioner", "service", "location"))
    return Counted(months.months[row["month"]], *keys)
