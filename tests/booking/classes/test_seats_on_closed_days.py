"""Nobody is offered a seat of a class that won't meet: closed, or given by nobody any more."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from booking.actions.calendars.closures import create_closure
from booking.actions.classes.waiting import offer_free_seats
from booking.actions.visits import cancel_by_patient
from booking.models import Appointment, ClassSession, Practitioner, Service
from booking.scheduling.affected import to_be_told
from clinic_site.accounts.models import User
from clinic_site.clinic.models import Closure
from clinic_site.mail.models import OutgoingEmail
from tests.booking.classes.factories import WEDNESDAY, fill, taken_seats, wait
from tests.booking.factories import said
from tests.outbox import emails_to


@pytest.fixture
def seventh(group_class: Service, session: ClassSession) -> Appointment:
    """Somebody who waits for a class that has just got a free seat."""
    visits = fill(group_class)
    waits = wait(session, 7)
    cancel_by_patient(visits[0])
    OutgoingEmail.objects.all().delete()
    return waits


def close(session: ClassSession, by: User) -> Closure:
    day = session.starts_at_location.date()
    closure = Closure(first_day=day, last_day=day, reason="Painting")
    create_closure(closure, by=by)
    return closure


def cancel_all(desk: Client, closure: Closure, visits: list[Appointment]) -> Any:
    ticked = [f"{visit.pk}:{visit.version}" for visit in visits]
    sent = {"then": "cancel", "visit": ticked, "reason": "We’re painting."}
    return desk.post(f"/admin/closures/inspect/{closure.pk}/", sent, follow=True)


def test_nobody_is_offered_a_seat_on_a_closed_day(
    session: ClassSession, seventh: Appointment, staff: User
) -> None:
    closure = close(session, staff)
    assert offer_free_seats(timezone.now()) == 0
    closure.delete()
    assert offer_free_seats(timezone.now()) == 1


def test_nobody_is_offered_a_seat_with_somebody_who_has_left_or_gives_it_no_more(
    theo: Practitioner, seventh: Appointment
) -> None:
    Practitioner.objects.update(active=False)
    assert offer_free_seats(timezone.now()) == 0
    Practitioner.objects.update(active=True)
    theo.assignments.all().delete()
    assert offer_free_seats(timezone.now()) == 0


def test_nobody_is_offered_a_seat_of_a_class_that_takes_no_more_bookings(
    group_class: Service, seventh: Appointment
) -> None:
    Service.objects.filter(pk=group_class.pk).update(active=False)
    assert offer_free_seats(timezone.now()) == 0
    Service.objects.filter(pk=group_class.pk).update(active=True)
    assert offer_free_seats(timezone.now()) == 1


@pytest.mark.slow
def test_a_class_that_everybody_in_it_is_canceled_of_is_called_off_and_its_waiters_hear(
    desk: Client, session: ClassSession, seventh: Appointment, staff: User
) -> None:
    closure = close(session, staff)
    visits = to_be_told(closure, now=timezone.now())
    assert len(visits) == 5
    page = cancel_all(desk, closure, visits)
    assert "6 visits canceled. 6 patients get an email." in said(page)
    session.refresh_from_db()
    seventh.refresh_from_db()
    assert (session.state, seventh.state) == ("canceled", "canceled")
    assert "We’re painting." in emails_to("w7@patient.example").get().text
    undo = BeautifulSoup(page.content, "html.parser").select_one('.messages form[method="post"]')
    assert undo is not None
    events = [field["value"] for field in undo.select('input[name="event"]')]
    words = said(desk.post(str(undo["action"]), {"event": events}, follow=True))
    assert "Undone: 6 visits are back to how they were." in words
    session.refresh_from_db()
    seventh.refresh_from_db()
    assert (session.state, seventh.state, taken_seats(session)) == ("open", "requested", 5)


def test_a_class_that_somebody_still_comes_to_is_not_called_off(
    desk: Client, session: ClassSession, seventh: Appointment, staff: User
) -> None:
    closure = close(session, staff)
    visits = to_be_told(closure, now=timezone.now())
    assert "4 visits canceled." in said(cancel_all(desk, closure, visits[1:]))
    session.refresh_from_db()
    assert (session.state, session.starts_at) == ("open", WEDNESDAY)
    assert offer_free_seats(timezone.now()) == 0
