"""What patients are told of a course: all its visits in one email, whatever has changed of them.

As for other visits, what the desk does is told after the grace, and a change within it takes the
place of the one before. What each change has done is kept beside the email, visit by visit.

Whoever tells locks the course, after the practitioners and visits that the change has locked.
"""

from collections.abc import Sequence
from datetime import timedelta

from django.utils import timezone

from booking.actions.courses.emails import Told, course_visits
from booking.emails import DeskChange
from booking.manage_links import restore_links
from booking.models import (
    Appointment,
    AppointmentEmail,
    AppointmentEvent,
    AppointmentSnapshot,
    BookingRules,
    CallTask,
    Course,
)
from clinic_site.mail.models import OutgoingEmail
from clinic_site.mail.outbox import cancel_emails

State = Appointment.State
EventType = AppointmentEvent.EventType
SECOND = timedelta(seconds=1)
# The changes of visits, by the key of each, that the patient has not heard of.
Changes = dict[int, DeskChange]


def tell_of_booking(course: Course, events: Sequence[AppointmentEvent]) -> None:
    """Tell of a whole course; of one that the desk has booked, after the grace."""
    changes = {event.appointment_id: DeskChange(event, event) for event in events}
    _tell(course, changes, by_desk=events[0].actor == AppointmentEvent.Actor.DESK)


def tell_of_course_change(
    appointment: Appointment, event: AppointmentEvent, *, patient_knows: bool = False
) -> None:
    """Have the patient told of what the desk did with one visit, and how all of them stand."""
    tell_of_course_changes([(appointment, event)], patient_knows=patient_knows)


def tell_of_course_changes(
    changed: Sequence[tuple[Appointment, AppointmentEvent]], *, patient_knows: bool = False
) -> None:
    """The same of several visits of one course, in one email."""
    course = _course_of(changed[0][0])
    changes = _withhold(course)
    for appointment, event in changed:
        before = changes.pop(appointment.pk, None)
        if before:
            AppointmentSnapshot.objects.note_untold(event, before.since)
        if not _is_here(appointment):
            since = before.since if before else event
            changes[appointment.pk] = DeskChange(since, event, patient_knows)
        if patient_knows:
            CallTask.objects.end(appointment, by=event.by)
    _tell(course, changes)


def tell_of_own_course_change(appointment: Appointment) -> None:
    """Confirm to patients what they have done themselves, at once.

    What the desk has done with other visits, and they have not heard of yet, is told with it.
    """
    event = appointment.events.latest("pk")
    course = _course_of(appointment)
    own = {appointment.pk: DeskChange(event, event, patient_knows=True)}
    _tell(course, _withhold(course) | own, by_desk=False)


def tell_of_course_undo(undone: Sequence[AppointmentSnapshot]) -> None:
    """Have the patient told of what stands again, if they know otherwise, as `tell_of_undo` does.

    What was kept of the changes that are undone is given.
    """
    course = _course_of(undone[0].event.appointment)
    told = {kept.event_id for kept in undone if kept.event.emails.exists()}
    changes = _withhold(course)
    corrected: Changes = {}
    for kept in undone:
        event, appointment = kept.event, kept.event.appointment
        if event.event_type == EventType.CORRECTED:
            restore_links(appointment, since=event.at)  # the address is the right one after all
        if not appointment.email:
            CallTask.objects.take_back(appointment, event.at)
        change = changes.pop(appointment.pk, None)
        if change is None and event.pk in told:
            corrected[appointment.pk] = DeskChange(event, event)
            continue
        untold = change.since if change else kept.untold
        if untold and untold != event:
            changes[appointment.pk] = DeskChange(untold, untold)
    if corrected:
        _tell(course, changes | corrected, by_desk=False, corrects=True)
    else:
        _tell(course, changes)


def tell_of_course_correction(appointment: Appointment) -> None:
    """Have what has not left yet say what is right now; else nobody is told."""
    course = _course_of(appointment)
    _tell(course, _withhold(course))


def _course_of(appointment: Appointment) -> Course:
    """Read the course, having locked it: of two who change its visits, one tells of both."""
    courses = Course.objects.select_related("location", "service")
    locked = courses.select_for_update(of=("self",), no_key=True)
    return locked.get(appointments=appointment)


def _withhold(course: Course) -> Changes:
    """Stop what has not left; return the changes that the patient has not heard of."""
    waiting = AppointmentEmail.objects.filter(
        appointment__course=course,
        since__isnull=False,
        email__state=OutgoingEmail.State.WAITING,
    ).select_related("since", "event", "email")
    withheld: Changes = {}
    for row in list(waiting.order_by("pk")):
        if row.since and row.event:
            withheld[row.appointment_id] = DeskChange(row.since, row.event)
            last = row.email
    # At most one waits: it has taken the place of those before.
    if not withheld or not cancel_emails([last.pk]):
        return {}
    # The links that it was to take the place of work on. Those that were revoked at once don't.
    waits_until = last.due_at - SECOND
    if all(waits_until > change.event.at for change in withheld.values()):
        for visit in course.appointments.all():
            restore_links(visit, since=waits_until)
    return withheld


def _tell(
    course: Course, changes: Changes, *, by_desk: bool = True, corrects: bool = False
) -> None:
    rows = course.appointments.in_bulk(changes)
    if not corrects:
        changes = {key: change for key, change in changes.items() if _is_told(rows[key], change)}
    if not changes:
        return
    if corrects:
        told = Told.CORRECTED
    elif all(_is_new(rows[key], change) for key, change in changes.items()):
        told = Told.BOOKED
    else:
        told = Told.CHANGED
    grace = BookingRules.load().grace if by_desk else timedelta(0)
    if not course_visits(course, changes, told, after=grace, is_kept=by_desk):
        for key, change in changes.items():
            if change.is_news or corrects:
                CallTask.objects.ask(rows[key], CallTask.Reason.NO_EMAIL)


def _is_here(appointment: Appointment) -> bool:
    """Whether the visit has begun, having been entered later: nobody is told of where they are."""
    begun = appointment.starts_at is not None and appointment.starts_at <= timezone.now()
    return begun and appointment.state == State.CONFIRMED


def _is_new(visit: Appointment, change: DeskChange) -> bool:
    return visit.state == State.CONFIRMED and change.since.from_state != State.CONFIRMED


def _is_told(visit: Appointment, change: DeskChange) -> bool:
    """Whether what has come of a visit is other than what the patient knows."""
    knew = change.since
    if visit.state == State.CANCELED:
        return True
    if visit.state != State.CONFIRMED:
        return False
    stands = (knew.from_starts_at, knew.from_practitioner_id) == (
        visit.starts_at,
        visit.practitioner_id,
    )
    corrected = change.event.event_type == EventType.CORRECTED
    return _is_new(visit, change) or corrected or not stands
