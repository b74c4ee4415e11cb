"""Who works and who comes on some days, read from the database for people to look at.

The search for free times (`slots`) reads claims alone; here stands what the claims are of. Reading
takes ten queries at most, however many days, practitioners and appointments there are.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from booking.cells import instant_of
from booking.models import (
    Appointment,
    BlockedTime,
    BusyTime,
    ClassSession,
    Practitioner,
    ProposedTime,
    ServiceAssignment,
    WaitingListOffer,
    WeeklyHours,
)
from booking.scheduling.availability import open_cells, start_of_day
from booking.scheduling.closures import closures_of
from clinic_site.clinic.models import Closure
from clinic_site.clinic.models.locations import Location
from clinic_site.clinic.opening_hours import DAY

State = Appointment.State
SHOWN = (State.REQUESTED, State.CONFIRMED, State.ARRIVED, State.COMPLETED, State.NO_SHOW)


class Kind(StrEnum):
    """What takes time."""

    APPOINTMENT = "appointment"
    PROPOSED = "proposed"
    OFFER = "offer"
    CLASS = "class"
    BLOCK = "block"
    BUSY = "busy"


@dataclass(frozen=True)
class AgendaEntry:
    """Something that takes time of somebody. Times are on the clock of the agenda's location."""

    kind: Kind
    starts_at: datetime
    ends_at: datetime
    practitioner_id: int | None
    appointment: Appointment | None = None
    block: BlockedTime | None = None
    session: ClassSession | None = None
    people: tuple[Appointment, ...] = ()  # who comes to a class

    @property
    def buffer_minutes(self) -> int:
        """How long time is kept free after it."""
        if self.kind == Kind.APPOINTMENT and self.appointment:
            return self.appointment.buffer_minutes
        return self.session.buffer_minutes if self.session else 0

    @property
    def is_last_piece(self) -> bool:
        """Whether it ends on this day, and not on the following one."""
        whole = self.session or self.appointment
        return whole is not None and whole.ends_at == self.ends_at


@dataclass
class PersonsDay:
    """One day of one practitioner, or of what is with nobody in particular."""

    day: date
    practitioner: Practitioner | None
    hours: list[tuple[datetime, datetime]] = field(default_factory=list)
    closures: list[Closure] = field(default_factory=list)
    entries: list[AgendaEntry] = field(default_factory=list)


def key_of(practitioner: Practitioner | None) -> int | None:
    return practitioner.pk if practitioner else None


@dataclass
class Agenda:
    location: Location
    days: list[date]
    practitioners: list[Practitioner]
    by_person: dict[tuple[int | None, date], PersonsDay]

    def of(self, practitioner: Practitioner | None, day: date) -> PersonsDay:
        return self.by_person[key_of(practitioner), day]

    @property
    def visits(self) -> list[Appointment]:
        """Whose visits are in it, each once."""
        entries = (entry for day in self.by_person.values() for entry in day.entries)
        people = (visit for entry in entries for visit in (entry.appointment, *entry.people))
        return [*dict.fromkeys(filter(None, people))]

    @property
    def without_practitioner(self) -> bool:
        """Whether something takes place with nobody in particular."""
        return any(self.of(None, day).entries for day in self.days)


def people_on(location: Location, first: date, last: date) -> list[Practitioner]:
    """Those who can be booked at a location, and whoever else has something there on these days.

    `takes_bookings` tells which of the two each is: agreed visits stay when somebody stops.
    """
    begins, ends = (
        datetime.combine(day, time(), location.zone).astimezone(UTC) for day in (first, last + DAY)
    )
    longest = timedelta(minutes=Appointment.LONGEST_MINUTES)
    theirs = {"practitioner": OuterRef("pk"), "location": location}
    near = {"starts_at__gt": begins - longest, "starts_at__lt": ends}
    visits = Appointment.objects.filter(state__in=SHOWN, **theirs).overlapping(begins, ends)
    classes = ClassSession.objects.open().filter(**theirs).between(begins, ends)
    busy = (
        Exists(visits)
        | Exists(classes)
        | Exists(ProposedTime.objects.filter(**theirs, **near))
        | Exists(WaitingListOffer.objects.open().filter(**theirs, **near))
    )
    offers = ServiceAssignment.objects.filter(practitioner=OuterRef("pk"), location=location)
    people = Practitioner.objects.annotate(takes_bookings=Q(active=True) & Q(Exists(offers)))
    return list(
        people.filter(Q(takes_bookings=True) | busy)
        .select_related("person")
        .order_by("person__sort_order", "person__name", "pk")
    )


def read_agenda(
    location: Location, practitioners: Sequence[Practitioner], first: date, last: date
) -> Agenda:
    """Read the days `first` to `last` at a location, also what its people do elsewhere."""
    days = [first + n * DAY for n in range((last - first).days + 1)]
    people: list[Practitioner | None] = [*practitioners, None]
    by_person = {
        (key_of(person), day): PersonsDay(day, person) for person in people for day in days
    }
    agenda = Agenda(location, days, list(practitioners), by_person)
    _add_hours(agenda)
    for entry in _entries(agenda):
        _add(agenda, entry)
    for persons_day in by_person.values():
        persons_day.entries.sort(key=lambda entry: (entry.starts_at, entry.ends_at))
    return agenda


def _add_hours(agenda: Agenda) -> None:
    location, zone = agenda.location, agenda.location.zone
    first, last = agenda.days[0], agenda.days[-1]
    people = [person.pk for person in agenda.practitioners]
    hours: dict[int, list[WeeklyHours]] = defaultdict(list)
    for span in WeeklyHours.objects.filter(practitioner__in=people, location=location):
        hours[span.practitioner_id].append(span)
    changes = list(closures_of(people, location, first - DAY, last + DAY))
    for person in agenda.practitioners:
        own = [change for change in changes if change.practitioner_id in (None, person.pk)]
        for day in agenda.days:
            told = agenda.of(person, day)
            told.closures = [c for c in own if c.first_day <= day <= c.last_day]
        # Whoever takes no new bookings is free for none.
        theirs = hours[person.pk] if getattr(person, "takes_bookings", True) else []
        for run in open_cells(first - DAY, last, zone, theirs, own):
            begins, ends = instant_of(run.start), instant_of(run.stop)
            for day, since, until in _by_day(agenda, begins, ends):
                agenda.of(person, day).hours.append(
                    (since.astimezone(zone), until.astimezone(zone))
                )


def _entries(agenda: Agenda) -> Iterator[AgendaEntry]:
    begins = start_of_day(agenda.days[0], agenda.location.zone)
    ends = start_of_day(agenda.days[-1] + DAY, agenda.location.zone)
    theirs = Q(practitioner__in=[person.pk for person in agenda.practitioners])
    meanwhile = Q(starts_at__lt=ends, ends_at__gt=begins)
    longest = timedelta(minutes=Appointment.LONGEST_MINUTES)
    near = Q(starts_at__gt=begins - longest, starts_at__lt=ends)
    yield from _visits_and_classes(agenda, theirs, begins, ends)
    yield from _held_times(theirs & near)
    for block in BlockedTime.objects.filter(theirs, meanwhile):
        yield AgendaEntry(
            Kind.BLOCK, block.starts_at, block.ends_at, block.practitioner_id, block=block
        )
    for busy in BusyTime.objects.filter(theirs, meanwhile):
        yield AgendaEntry(Kind.BUSY, busy.starts_at, busy.ends_at, busy.practitioner_id)


def _visits_and_classes(
    agenda: Agenda, theirs: Q, begins: datetime, ends: datetime
) -> Iterator[AgendaEntry]:
    """The visits, those to a class as one entry with all who come."""
    visits = Appointment.objects.filter(state__in=SHOWN).not_lapsed(timezone.now())
    sessions = list(
        ClassSession.objects.open()
        .filter(theirs)
        .between(begins, ends)
        .with_counts()
        .select_related("location", "service")
    )
    come: dict[int | None, list[Appointment]] = {session.pk: [] for session in sessions}
    of_nobody = Q(practitioner=None, location=agenda.location)
    rows = visits.overlapping(begins, ends).filter(theirs | of_nobody)
    for visit in rows.select_related("location", "service"):
        if visit.class_session_id in come:
            come[visit.class_session_id].append(visit)
        elif visit.starts_at and visit.ends_at:
            yield AgendaEntry(
                Kind.APPOINTMENT, visit.starts_at, visit.ends_at, visit.practitioner_id, visit
            )
    for session in sessions:
        yield AgendaEntry(
            Kind.CLASS,
            session.starts_at,
            session.ends_at,
            session.practitioner_id,
            session=session,
            people=tuple(sorted(come[session.pk], key=lambda visit: visit.visitor)),
        )


def _held_times(near: Q) -> Iterator[AgendaEntry]:
    """Times that are proposed to somebody, or offered to somebody who waits."""
    now = timezone.now()
    proposed_times = ProposedTime.objects.filter(
        near, appointment__hold_expires_at__gt=now, appointment__class_session=None
    ).select_related("appointment__location", "appointment__service")
    for proposed in proposed_times:
        yield _held(Kind.PROPOSED, proposed, proposed.appointment)
    offers = WaitingListOffer.objects.open().filter(near, expires_at__gt=now)
    for offer in offers.select_related(
        "entry__appointment__location", "entry__appointment__service"
    ):
        yield _held(Kind.OFFER, offer, offer.entry.appointment)


def _held(kind: Kind, held: ProposedTime | WaitingListOffer, visit: Appointment) -> AgendaEntry:
    until = held.starts_at + timedelta(minutes=visit.duration_minutes)
    return AgendaEntry(kind, held.starts_at, until, held.practitioner_id, visit)


def _add(agenda: Agenda, entry: AgendaEntry) -> None:
    zone = agenda.location.zone
    for day, since, until in _by_day(agenda, entry.starts_at, entry.ends_at):
        piece = replace(entry, starts_at=since.astimezone(zone), ends_at=until.astimezone(zone))
        agenda.by_person[entry.practitioner_id, day].entries.append(piece)


def _by_day(
    agenda: Agenda, begins: datetime, ends: datetime
) -> Iterable[tuple[date, datetime, datetime]]:
    """Cut a span at the midnights of the location."""
    for day in agenda.days:
        since = max(begins, start_of_day(day, agenda.location.zone))
        until = min(ends, start_of_day(day + DAY, agenda.location.zone))
        if since < until:
            yield day, since, until
