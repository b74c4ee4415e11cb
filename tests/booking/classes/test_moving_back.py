"""A class that was moved by a slip is moved back by one press, and nobody hears of it."""

from datetime import datetime, timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from booking.actions.calendars.closures import cancel_affected
from booking.actions.classes.sessions import move_session
from booking.actions.classes.waiting import offer_free_seats
from booking.actions.visits import cancel_appointment, cancel_by_patient
from booking.actions.waiting.seats import offer_seat_by_hand
from booking.manage_links import find_appointment, issue_link
from booking.models import ClassSession, Practitioner, Service, WaitingListEntry
from booking.scheduling.affected import affected_appointments
from clinic_site.accounts.models import User
from clinic_site.clinic.models import Closure
from clinic_site.mail.models import OutgoingEmail
from clinic_site.mail.sending import send_due_emails
from tests.booking.classes.factories import WEDNESDAY, fill, join, wait
from tests.booking.factories import at, said
from tests.booking.waiting.factories import undo
from tests.outbox import emails_to


def test_a_class_moved_by_a_slip_is_moved_back_and_nobody_is_told(
    desk: Client, group_class: Service, session: ClassSession, theo: Practitioner
) -> None:
    visit = join(group_class)
    OutgoingEmail.objects.all().delete()
    sent = {
        "version": session.version,
        "day": "2027-01-06",
        "time": "14:00",
        "practitioner": theo.pk,
    }
    page = desk.post(f"/admin/classes/{session.pk}/move/", sent, follow=True)
    session.refresh_from_db()
    assert session.starts_at == at(6, 14)
    assert "The class is back to how it was." in said(undo(desk, page))
    session.refresh_from_db()
    visit.refresh_from_db()
    assert session.starts_at == visit.starts_at == WEDNESDAY
    assert not OutgoingEmail.objects.exists()


@pytest.mark.parametrize("offered", [False, True])
def test_who_waits_or_is_offered_a_seat_hears_of_a_move_after_the_grace(
    desk: Client,
    group_class: Service,
    session: ClassSession,
    theo: Practitioner,
    clock: time_machine.Traveller,
    offered: bool,
) -> None:
    user, visits = User.objects.get(), fill(group_class)
    waits = wait(session, 7)
    if offered:
        cancel_by_patient(visits[0])
        offer_free_seats(timezone.now())

    def mine() -> list[OutgoingEmail]:
        return [*emails_to("w7@patient.example").order_by("-pk")]

    def move(to: datetime) -> None:
        session.refresh_from_db()
        move_session(session, starts_at=to, practitioner=theo, by=user)

    before, link = len(mine()), issue_link(waits, rotate=False)
    move(at(6, 14))
    assert mine()[0].due_at > timezone.now()
    move(WEDNESDAY)
    assert len(mine()) == before
    assert find_appointment(link, now=timezone.now()) == waits

    move(at(6, 14))
    move(at(6, 15))
    assert len(mine()) == before + 1
    assert "3:00" in mine()[0].text
    clock.shift(timedelta(minutes=3))
    send_due_emails()
    assert mine() == []  # all have left
    move(WEDNESDAY)
    assert "9:00" in mine()[0].text


def test_who_is_offered_a_seat_meanwhile_hears_of_that_alone(
    desk: Client, group_class: Service, session: ClassSession, theo: Practitioner
) -> None:
    user, visits = User.objects.get(), fill(group_class)
    waits = wait(session, 7)
    cancel_by_patient(visits[0])
    OutgoingEmail.objects.all().delete()
    move_session(session, starts_at=at(6, 14), practitioner=theo, by=user)
    offer_seat_by_hand(WaitingListEntry.objects.get(appointment=waits), by=user)
    [told] = emails_to("w7@patient.example")
    assert "2:00" in told.text
    assert "still on its waiting list" not in told.text


def test_a_closure_lists_who_only_waits_for_a_class_and_calls_it_off(
    desk: Client, group_class: Service, session: ClassSession, theo: Practitioner
) -> None:
    user = User.objects.get()
    visits = fill(group_class)
    waits = wait(session, 7)
    for visit in visits:
        cancel_appointment(visit, by=user)
    closure = Closure.objects.create(
        first_day=session.starts_at_location.date(), last_day=session.starts_at_location.date()
    )
    assert affected_appointments(closure) == [waits]
    page = BeautifulSoup(desk.get(f"/admin/closures/inspect/{closure.pk}/").content, "html.parser")
    assert "waits for a seat" in page.get_text()
    cancel_affected(closure, {waits.pk: waits.version}, reason="Closed", by=user)
    session.refresh_from_db()
    assert not session.is_open
    [told] = emails_to("w7@patient.example").order_by("-pk")[:1]
    assert "You were on the waiting list for a class, and that’s canceled now." in told.text
