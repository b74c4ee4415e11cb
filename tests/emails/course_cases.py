"""The emails of courses."""

from booking.actions.courses.changes import cancel_rest, undo_course_changes
from booking.actions.courses.invitations import invite_to_course
from booking.actions.requests import Contact
from booking.actions.visits import move_appointment
from booking.models import Course, Practitioner, Service
from clinic_site.accounts.models import User
from clinic_site.clinic.models.locations import Location
from clinic_site.mail.models import OutgoingEmail
from tests.booking.courses.factories import make_course
from tests.booking.factories import at
from tests.emails.cases import case


def _staff() -> User:
    return User.objects.get(username="front-desk")


def _course(**answers: str) -> Course:
    return make_course(Service.objects.get(), Practitioner.objects.get(), _staff(), **answers)


def _known(**answers: str) -> Course:
    course = _course(**answers)
    OutgoingEmail.objects.update(state=OutgoingEmail.State.SENT)
    return course


def _seen(course: Course) -> dict[int, int]:
    return dict(course.appointments.values_list("pk", "version"))


@case("course_visits")
def _() -> None:
    _course(visitor_name="Sam O’Brien")


@case("course_invitation")
def _() -> None:
    invite_to_course(
        service=Service.objects.get(),
        location=Location.objects.get(),
        size=6,
        contact=Contact(name="Priya Nair", email="priya@patient.example"),
        idempotency_key="invited",
        by=_staff(),
    )


@case("course_visits, moved")
def _() -> None:
    second = _known().appointments.order_by("starts_at")[1]
    move_appointment(second, starts_at=at(14, 15), by=_staff())


@case("course_visits, canceled")
def _() -> None:
    course = _known()
    cancel_rest(course, _seen(course), reason="Robin is ill. We’re sorry.", by=_staff())


@case("course_visits, a mistake")
def _() -> None:
    course = _known()
    events = cancel_rest(course, _seen(course), by=_staff())
    OutgoingEmail.objects.update(state=OutgoingEmail.State.SENT)
    undo_course_changes(events, by=_staff())
