"""Whoever has a seat has it in its class; and nobody gets one by a correction."""

import pytest
from django.test import Client

from booking.actions.corrections import correct_appointment
from booking.actions.errors import NotOffered
from booking.models import ClassSession, Practitioner, Service
from clinic_site.accounts.models import User
from tests.booking.classes.factories import WEDNESDAY, join, make_class, taken_seats
from tests.booking.factories import at, book, make_practitioner, make_service, page_of, said


@pytest.fixture
def training(theo: Practitioner, session: ClassSession) -> Service:
    """What Theo does with one person at a time."""
    training = make_service("Training", sign="TR")
    theo.assignments.create(service=training, location=session.location)
    return training


def test_a_seat_is_corrected_but_for_the_service_and_the_length_of_its_class(
    desk: Client, group_class: Service, session: ClassSession, training: Service
) -> None:
    visit = join(group_class)
    page = desk.get(page_of(visit, "correct"))
    assert "A seat is as long as its class." in said(page)
    sent = {"version": 1, "name": "Ana Agreed", "phone": visit.phone, "email": visit.email}
    desk.post(page_of(visit, "correct"), sent | {"service": training.pk, "duration_minutes": 90})
    visit.refresh_from_db()
    assert (visit.name, visit.service, visit.duration_minutes) == ("Ana Agreed", group_class, 50)
    assert (visit.starts_at, taken_seats(session)) == (WEDNESDAY, 1)


def test_no_visit_becomes_a_seat_by_a_correction(
    desk: Client, group_class: Service, training: Service
) -> None:
    visit = book(training, at(7, 9), by=User.objects.get(), name="Ana Agreed")
    sent = {
        "version": 1,
        "name": visit.name,
        "phone": visit.phone,
        "service": group_class.pk,
        "duration_minutes": 50,
        "note": "Kept.",
    }
    form = desk.post(page_of(visit, "correct"), sent).context["form"]
    assert form.errors["service"] == [
        "A class has seats. Please book one, and cancel this appointment."
    ]
    assert form["note"].value() == "Kept."
    visit.refresh_from_db()
    assert (visit.service, visit.claims.count()) == (training, 12)


def test_the_action_itself_refuses_what_parts_a_seat_from_its_class(
    group_class: Service, session: ClassSession, training: Service, staff: User
) -> None:
    seat, visit = join(group_class), book(training, at(7, 9), by=staff)
    for appointment, changes in (
        (seat, {"service": training}),
        (seat, {"service": make_class("Balance class")}),
        (seat, {"duration_minutes": 90}),
        (visit, {"service": group_class}),
    ):
        with pytest.raises(NotOffered):
            correct_appointment(appointment, by=staff, **changes)
    assert correct_appointment(seat, by=staff, name="Ana Agreed")
    assert seat.ends_at == session.ends_at


def test_the_desk_is_shown_no_class_of_somebody_who_has_left(
    desk: Client, group_class: Service, theo: Practitioner, session: ClassSession
) -> None:
    make_practitioner("Dana Whitfield", group_class)
    book_page = f"/admin/appointments/book/?service={group_class.pk}&location={session.location_id}"
    assert "6 seats left" in said(desk.get(book_page))
    theo.active = False
    theo.save()
    assert "seats left" not in said(desk.get(book_page))
    theo.active = True
    theo.save()
    theo.assignments.all().delete()
    assert "seats left" not in said(desk.get(book_page))
