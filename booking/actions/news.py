"""What patients are told of the desk's changes: once, when a change has stood for the grace.

A change within the grace of another takes its place, so that one email tells what has come of
both. What is undone within it, nobody hears of; what is undone later is corrected.
"""

from copy import copy
from datetime import timedelta

from django.utils import timezone

from booking import emails
from booking.actions.courses.news import (
    tell_of_course_change,
    tell_of_course_correction,
    tell_of_course_undo,
    tell_of_own_course_change,
)
from booking.emails import DeskChange
from booking.manage_links import restore_links
from booking.models import (
    Appointment,
    AppointmentEmail,
    AppointmentEvent,
    AppointmentSnapshot,
    CallTask,
)

State = Appointment.State
EventType = AppointmentEvent.EventType
SECOND = timedelta(seconds=1)


def tell_of_change(
    appointment: Appointment, event: AppointmentEvent, *, patient_knows: bool = False
) -> None:
    """Have the patient told of what the desk did. Call it in the transaction of the change.

    Who knows, having asked for it, is sent the email all the same, and needs no call. Of a course
    they are told all visits at once.
    """
    if appointment.course_id:
        tell_of_course_change(appointment, event, patient_knows=patient_knows)
        return
    untold = _withhold(appointment)
    if untold:
        AppointmentSnapshot.objects.note_untold(event, untold)
    if _is_here(appointment):
        return
    _tell(appointment, DeskChange(untold or event, event, patient_knows))
    if patient_knows:
        CallTask.objects.end(appointment, by=event.by)


def tell_of_own_change(appointment: Appointment) -> None:
    """Confirm to patients at once what they have done themselves with an agreed visit."""
    if appointment.course_id:
        tell_of_own_course_change(appointment)
    elif appointment.state == State.CANCELED:
        emails.appointment_canceled(appointment, "")
    else:
        emails.appointment_moved(appointment)


def _is_here(appointment: Appointment) -> bool:
    """Whether the visit has begun, having been entered later: nobody is told of where they are."""
    begun = appointment.starts_at is not None and appointment.starts_at <= timezone.now()
    return begun and appointment.state == State.CONFIRMED


def tell_of_undo(appointment: Appointment, kept: AppointmentSnapshot) -> None:
    """Have the patient told of what stands again, if they know otherwise.

    They have heard of what did not last; or it had brought back what they knew, and nobody told
    them of the change before, which stands again. `kept` was kept of what is undone.
    """
    if appointment.course_id:
        tell_of_course_undo([kept])
        return
    undone = kept.event
    if undone.event_type == EventType.CORRECTED:
        restore_links(appointment, since=undone.at)  # the address is the right one after all
    if not appointment.email:
        CallTask.objects.take_back(appointment, undone.at)
        return
    was_told = undone.emails.exists()
    first = _withhold(appointment)
    if first is None and was_told:
        emails.appointment_corrected(appointment, DeskChange(undone, undone))
        return
    untold = first or kept.untold
    if untold and untold != undone:
        _tell(appointment, DeskChange(untold, untold))


def tell_of_correction(appointment: Appointment, event: AppointmentEvent) -> None:
    """Have what has not left yet say what is right now; else nobody is told."""
    if appointment.course_id:
        tell_of_course_correction(appointment)
        return
    first = _withhold(appointment)
    if first:
        _tell(appointment, DeskChange(first, event))


def _withhold(appointment: Appointment) -> AppointmentEvent | None:
    """Stop what has not left; return the first change that the patient has not heard of."""
    withheld = AppointmentEmail.objects.withhold(appointment)
    if withheld is None or withheld.since is None or withheld.event is None:
        return None
    # The links that it was to take the place of work on. Those that were revoked at once don't.
    waits_until = withheld.email.due_at - SECOND
    if waits_until > withheld.event.at:
        restore_links(appointment, since=waits_until)
    return withheld.since


def _tell(appointment: Appointment, change: DeskChange) -> None:
    note, knew = change.event.note, change.since
    match appointment.state:
        case State.CONFIRMED if knew.from_state != State.CONFIRMED:
            emails.appointment_confirmed(appointment, change)
        case State.CONFIRMED if not _stands_as_told(appointment, knew):
            emails.appointment_moved(appointment, change)
        case State.CONFIRMED if change.event.event_type == EventType.CORRECTED:
            emails.appointment_changed(appointment, change)
        case State.CANCELED:
            emails.appointment_canceled(_as_told(appointment, knew), note, change)
        case State.DECLINED:
            emails.appointment_declined(appointment, note, change)
        case State.PROPOSED if appointment.class_session is None:
            emails.appointment_proposed(appointment, note, change)
        case State.PROPOSED if not _stands_as_told(appointment, knew):
            emails.seat_offered(appointment, change)
        case State.REQUESTED if not _stands_as_told(appointment, knew):
            emails.waiting_list_joined(appointment, change)


def _stands_as_told(appointment: Appointment, knew: AppointmentEvent) -> bool:
    """Whether the visit is again at the time, and with whom, that the patient knows of.

    Who waits for a seat has no time of their own: they know that of the class.
    """
    session = appointment.class_session
    stands_at = appointment.starts_at or (session and session.starts_at)
    told = (knew.from_starts_at, knew.from_practitioner_id)
    return told == (stands_at, appointment.practitioner_id)


def _as_told(appointment: Appointment, knew: AppointmentEvent) -> Appointment:
    """The appointment at the time that the patient knows of."""
    if not (appointment.starts_at and appointment.ends_at and knew.from_starts_at):
        return appointment
    told, length = copy(appointment), appointment.ends_at - appointment.starts_at
    told.starts_at = knew.from_starts_at
    told.ends_at = knew.from_starts_at + length
    return told
