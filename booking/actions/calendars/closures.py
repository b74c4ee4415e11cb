"""What the desk changes about the calendar itself, and what becomes of those whom it hits.

Blocking and closing alter no appointment by themselves.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import NamedTuple, cast

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from booking.actions.claiming import Span, find_free, lock, release, to_utc
from booking.actions.classes.sessions import cancel_session, reopen_session
from booking.actions.errors import (
    CannotUndo,
    JustTaken,
    NotFree,
    NotOffered,
    StaleAppointment,
    StaleSession,
    TimeIsPast,
    TransitionNotAllowed,
)
from booking.actions.holds import claim_time
from booking.actions.times import query_for
from booking.actions.transitions import EventType, check_transition
from booking.actions.visits import cancel_appointment, move_appointment
from booking.models import (
    UNDO_FOR,
    Appointment,
    AppointmentEvent,
    BlockedTime,
    CallTask,
    ClassSession,
    Practitioner,
)
from booking.scheduling.affected import affected_appointments, to_be_told
from clinic_site.accounts.models import User
from clinic_site.clinic.models import Closure, Location


class AffectedResult(NamedTuple):
    """What has become of visits that a closure hits: done, or left as they are, and why."""

    done: list[AppointmentEvent]
    left: list[tuple[Appointment, Exception]]


@transaction.atomic
def block_time(
    practitioner: Practitioner,
    *,
    starts_at: datetime,
    ends_at: datetime,
    reason: str = "",
    by: User | None = None,
) -> BlockedTime:
    """Keep time of somebody free of patients. Raises NotFree if any of it is taken."""
    starts_at, ends_at = to_utc(starts_at), to_utc(ends_at)
    if starts_at >= ends_at:
        raise ValueError("a block ends after it begins")
    lock([practitioner])
    block = BlockedTime.objects.create(
        practitioner=practitioner,
        starts_at=starts_at,
        ends_at=ends_at,
        reason=reason,
        created_by=by,
    )
    try:
        claim_time([Span(practitioner.pk, starts_at, ends_at)], block=block)
    except JustTaken as taken:
        raise NotFree from taken
    return block


@transaction.atomic
def unblock_time(block: BlockedTime) -> None:
    """Give blocked time back."""
    release(block=block)
    block.delete()


@transaction.atomic
def create_closure(closure: Closure, *, by: User | None = None) -> None:
    """Store a closure, or extra hours. No appointment is altered by it.

    One that is stored already is stored once: `closure` is that one then.
    """
    list(Location.objects.select_for_update().order_by("pk").values_list("pk"))  # one at a time
    if same := _stored(closure):
        closure.pk = same.pk
        return
    closure.created_by = by
    closure.save()


def _stored(closure: Closure) -> Closure | None:
    """The closure that says the same already, as when a form is sent twice."""
    names = ("kind", "person", "location", "reason", "first_day", "last_day", "begins", "ends")
    told = {name: getattr(closure, name) for name in names}
    same = Closure.objects.all()
    for name, value in told.items():
        same = same.filter(**({f"{name}__isnull": True} if value is None else {name: value}))
    return same.first()


@transaction.atomic
def change_closure(closure: Closure) -> None:
    """Store a closure's new days; calls for visits that it no longer hits need not be made.

    A call that has been made stays as a note.
    """
    closure.save()
    still_hit = [appointment.pk for appointment in affected_appointments(closure)]
    closure.call_tasks.filter(done_at__isnull=True).exclude(appointment__in=still_hit).delete()


@transaction.atomic
def take_back_closure(closure: Closure, *, by: User) -> None:
    """Have days open again that were closed by a slip; visits are left as they are.

    Raises CannotUndo if that is too long ago, or somebody has been called about it.
    """
    as_closed = Closure.objects.select_for_update().filter(pk=closure.pk)
    lately = as_closed.filter(created_at__gt=timezone.now() - UNDO_FOR).exists()
    if not lately or closure.call_tasks.filter(tries__gt=0).exists():
        raise CannotUndo
    log(closure, "wagtail.delete", user=by)
    closure.delete()


def cancel_affected(
    closure: Closure, seen: Mapping[int, int], *, reason: str, by: User
) -> AffectedResult:
    """Cancel the visits of `seen` that the closure hits, and tell each patient why.

    `seen` are their versions, by their keys, as somebody saw them. A class that nobody would come
    to any more is called off with them, and those who wait for it are told as well.
    """

    def cancel(appointment: Appointment) -> AppointmentEvent:
        return cancel_appointment(appointment, reason=reason, by=by, by_clinic=True)

    called_off = _cancel_classes(closure, seen, reason=reason, by=by)
    result = _for_each(closure, seen, cancel)
    return AffectedResult([*called_off, *result.done], result.left)


def _cancel_classes(
    closure: Closure, seen: Mapping[int, int], *, reason: str, by: User
) -> list[AppointmentEvent]:
    """Call off the classes ahead of which everybody who comes is among `seen`, as they were."""
    now = timezone.now()
    hit = [each for each in to_be_told(closure, now=now) if each.pk in seen]
    sessions = ClassSession.objects.open().filter(appointments__in=hit, starts_at__gt=now)
    events: list[AppointmentEvent] = []
    for session in sessions.select_related("location").distinct():
        try:
            with transaction.atomic():
                lock([session.practitioner_id])
                if _all_seen(session, seen):
                    events += cancel_session(session, reason=reason, by=by)
        except StaleSession:  # each of its visits is tried by itself
            continue
    told = [event.appointment for event in events]
    closure.call_tasks.filter(appointment__in=told, done_at=None).delete()
    return events


def _all_seen(session: ClassSession, seen: Mapping[int, int]) -> bool:
    comes = session.appointments.standing().exclude(state=Appointment.State.REQUESTED)
    return all(seen.get(pk) == version for pk, version in comes.values_list("pk", "version"))


def reopen_classes(events: Iterable[AppointmentEvent], *, by: User) -> set[int]:
    """Have the classes take place again that were called off with visits of a closure.

    Everybody in them comes again. Returns the keys of those of `events` that are undone by that.
    """
    events = [event for event in events if _is_off_with_its_class(event)]
    for session in {event.appointment.class_session for event in events}:
        try:
            reopen_session(cast(ClassSession, session), by=by)
        except (CannotUndo, JustTaken, StaleSession):  # each of its visits says so when undone
            continue
    undone = AppointmentEvent.objects.filter(undone_by__isnull=False)
    return set(undone.filter(pk__in=[event.pk for event in events]).values_list("pk", flat=True))


def _is_off_with_its_class(event: AppointmentEvent) -> bool:
    session = event.appointment.class_session
    off_since = session.canceled_at if session else None
    canceled = event.event_type == EventType.CANCELED
    return canceled and off_since is not None and off_since <= event.at


def move_affected(
    closure: Closure, seen: Mapping[int, int], *, to: Practitioner | None = None, by: User
) -> AffectedResult:
    """Give the visits of `seen` to somebody else at the same time, or to whoever is free then."""

    def move(appointment: Appointment) -> AppointmentEvent:
        check_transition(appointment, EventType.MOVED)
        person = _free_instead(appointment, to)
        assert appointment.starts_at  # noqa: S101 - it is agreed
        return move_appointment(
            appointment, starts_at=appointment.starts_at, practitioner=person, by=by
        )

    return _for_each(closure, seen, move)


def _free_instead(appointment: Appointment, wanted: Practitioner | None) -> Practitioner:
    """Who else is at work and free at the time of a visit. Raises NotOffered or JustTaken."""
    assert appointment.starts_at  # noqa: S101 - it is agreed
    if appointment.class_session_id:
        raise NotOffered  # its class is given to somebody else as a whole
    others = Practitioner.objects.providing(appointment.service, appointment.location)
    people = [
        person
        for person in others
        if person.pk != appointment.practitioner_id and wanted in (None, person)
    ]
    now = timezone.now()
    lock([*people, *([appointment.practitioner_id] if appointment.practitioner_id else [])])
    why: NotOffered | JustTaken = NotOffered()
    for person in people:
        search = query_for(appointment, person, by_desk=True)
        try:
            return find_free(search, appointment.starts_at, now=now)
        except JustTaken as taken:
            why = taken
        except NotOffered:
            continue
    raise why


def _for_each(
    closure: Closure, seen: Mapping[int, int], change: Callable[[Appointment], AppointmentEvent]
) -> AffectedResult:
    """Change each visit by itself: what cannot be changed holds up no other."""
    result = AffectedResult([], [])
    for appointment in to_be_told(closure, now=timezone.now()):
        if appointment.pk not in seen:
            continue
        appointment.version = seen[appointment.pk]
        try:
            with transaction.atomic():
                event = change(appointment)
                closure.call_tasks.filter(appointment=appointment, done_at=None).delete()
        except (StaleAppointment, TransitionNotAllowed, NotOffered, JustTaken, TimeIsPast) as why:
            result.left.append((appointment, why))
        else:
            result.done.append(event)
    return result


@transaction.atomic
def call_affected(closure: Closure, seen: Iterable[int]) -> list[CallTask]:
    """Ask the desk to call about the visits of `seen` that the closure hits, once each."""
    wanted, now = set(seen), timezone.now()
    told = [each for each in to_be_told(closure, now=now) if each.pk in wanted]
    CallTask.objects.bulk_create(
        [
            CallTask(appointment=appointment, closure=closure, reason=CallTask.Reason.CLOSURE)
            for appointment in told
        ],
        ignore_conflicts=True,
    )
    return list(closure.call_tasks.filter(appointment__in=told, done_at=None))
