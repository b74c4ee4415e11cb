"""What the desk does with several visits of a course at once: calls off the rest, undoes."""

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.utils import timezone

from booking.actions.claiming import lock
from booking.actions.courses.news import tell_of_course_changes, tell_of_course_undo
from booking.actions.errors import StaleAppointment, TransitionNotAllowed
from booking.actions.transitions import Actor, EventType, make_transition, release_time
from booking.actions.undo import take_back
from booking.models import Appointment, AppointmentEvent, Course
from clinic_site.accounts.models import User


@transaction.atomic
def cancel_rest(
    course: Course,
    seen: Mapping[int, int],
    *,
    reason: str = "",
    by: User,
    patient_knows: bool = False,
    by_clinic: bool = False,
) -> list[AppointmentEvent]:
    """Call off all visits to come, and tell the patient once.

    `seen` are their versions, by their keys, as somebody saw them: if any has changed since, or
    one has come to them, all stay, and StaleAppointment is raised.
    """
    ahead = Appointment.objects.upcoming(timezone.now()).filter(course=course)
    visits = list(ahead.select_related("location", "practitioner__person").order_by("pk"))
    if {visit.pk: visit.version for visit in visits} != dict(seen):
        raise StaleAppointment
    if not visits:
        raise TransitionNotAllowed
    events = []
    for visit in visits:
        event = make_transition(
            visit,
            EventType.CANCELED,
            actor=Actor.DESK,
            by=by,
            note=reason,
            by_clinic=by_clinic,
        )
        events.append(event)
        release_time(visit)
    tell_of_course_changes(list(zip(visits, events, strict=True)), patient_knows=patient_knows)
    return events


def undo_course_changes(events: Iterable[AppointmentEvent], *, by: User) -> None:
    """Take back what the desk has done with several visits of a course: all of it, or nothing.

    Raises what `undo_change` raises: CannotUndo, StaleAppointment, or JustTaken if the time of
    any of them has gone to others.
    """
    events = sorted(events, key=lambda event: event.appointment_id)
    people = {(event.practitioner_id, event.from_practitioner_id) for event in events}
    with transaction.atomic():
        lock(person for pair in people for person in pair if person)
        tell_of_course_undo([take_back(event, by=by)[1] for event in events])
