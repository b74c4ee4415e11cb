"""The emails of classes."""

from django.utils import timezone

from booking import emails as booking_emails
from booking.actions.classes.sessions import move_session
from booking.actions.classes.waiting import offer_free_seats, wait_for_seat
from booking.actions.requests import Contact
from booking.actions.visits import cancel_by_patient
from booking.models import Appointment, Practitioner
from booking.scheduling.query import AvailabilityQuery
from clinic_site.accounts.models import User
from clinic_site.clinic.models.locations import Location
from tests.booking.classes.factories import make_class, make_session
from tests.booking.factories import at, book
from tests.emails.cases import case


@case("waiting_list_joined")
def _() -> None:
    booking_emails.waiting_list_joined(_waits_for_a_seat())


@case("waiting_list_joined, moved")
def _() -> None:
    session = _waits_for_a_seat().class_session
    assert session
    desk = User.objects.get(groups__name="Front desk")
    move_session(session, starts_at=at(6, 14), practitioner=session.practitioner, by=desk)


@case("seat_expired")
def _() -> None:
    booking_emails.seat_expired(_waits_for_a_seat())


@case("seat_offered")
def _() -> None:
    waits = _waits_for_a_seat()
    cancel_by_patient(Appointment.objects.get(name="Jo O’Brien"))
    offer_free_seats(timezone.now())
    assert waits.proposed_times.exists()


def _waits_for_a_seat() -> Appointment:
    """A class of one that somebody has, and somebody else would have."""
    group_class = make_class(seats=1)
    robin = Practitioner.objects.get()
    robin.assignments.create(service=group_class, location=Location.objects.get())
    session = make_session(group_class, robin, at(6, 10))
    book(group_class, at(6, 10))
    search = AvailabilityQuery(group_class, session.location)
    contact = Contact(name="Priya Nair", email="priya@patient.example")
    return wait_for_seat(search, at(6, 10), contact=contact, idempotency_key="waits")
