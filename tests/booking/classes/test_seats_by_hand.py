"""The desk gives a free seat to somebody who waits, and joins them to the list of a full class."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from booking.actions.classes.waiting import offer_free_seats
from booking.actions.visits import cancel_by_patient
from booking.models import (
    Appointment,
    CallTask,
    ClassSession,
    Practitioner,
    Seat,
    Service,
    WaitingListEntry,
)
from booking.scheduling.class_dates import upcoming_class_dates
from booking.scheduling.query import AvailabilityQuery
from clinic_site.clinic.models.locations import Location
from tests.booking.classes.factories import (
    NEXT_WEDNESDAY,
    fill,
    make_session,
    taken_seats,
    wait,
)
from tests.booking.factories import said
from tests.booking.waiting.factories import WAITING, names, press, undo
from tests.outbox import emails_to


@pytest.fixture
def full(group_class: Service, session: ClassSession) -> list[Appointment]:
    """Six who come to the class."""
    return fill(group_class)


@pytest.fixture
def two(full: list[Appointment], session: ClassSession) -> list[WaitingListEntry]:
    """Two who wait for a seat, one of whom has only a phone."""
    waits = [wait(session, 7), wait(session, 8, email="", phone="+18055550188")]
    return [WaitingListEntry.objects.get(appointment=each) for each in waits]


def page_of(session: ClassSession) -> str:
    return f"/admin/classes/{session.pk}/"


def buttons(page: Any) -> list[str]:
    soup = BeautifulSoup(page.content, "html.parser")
    return [" ".join(button.get_text().split()) for button in soup.select(".desk-card button")]


def seat_of(entry: WaitingListEntry) -> Seat | None:
    return Seat.objects.filter(appointment=entry.appointment_id).first()


def test_an_offered_seat_is_booked_for_whoever_says_yes_on_the_phone(
    desk: Client, full: list[Appointment], two: list[WaitingListEntry], session: ClassSession
) -> None:
    cancel_by_patient(full[0])
    offer_free_seats(timezone.now())
    page = press(desk, two[0], "seat/take")
    assert "Booked:" in said(page)
    two[0].appointment.refresh_from_db()
    assert two[0].appointment.state == "confirmed"
    assert two[0].appointment.starts_at == session.starts_at
    assert seat_of(two[0])
    assert names(desk.get(WAITING)) == ["Waiter 8"]
    undo(desk, page)
    two[0].appointment.refresh_from_db()
    assert two[0].appointment.state == "proposed"
    assert seat_of(two[0])


def test_a_seat_taken_on_the_phone_asks_nobody_to_call_about_it(
    desk: Client, full: list[Appointment], two: list[WaitingListEntry]
) -> None:
    for visit in full[:2]:
        cancel_by_patient(visit)
    offer_free_seats(timezone.now())
    assert CallTask.objects.filter(done_at=None).count() == 1
    press(desk, two[1], "seat/take")
    assert not CallTask.objects.filter(done_at=None).exists()


def test_a_withdrawn_seat_goes_to_the_next_and_they_wait_on(
    desk: Client, full: list[Appointment], two: list[WaitingListEntry]
) -> None:
    cancel_by_patient(full[0])
    offer_free_seats(timezone.now())
    page = press(desk, two[0], "seat/withdraw")
    assert "They stay on the list" in said(page)
    assert "Offered a seat again only by you." in said(page)
    assert seat_of(two[0]) is None
    assert offer_free_seats(timezone.now()) == 1
    assert seat_of(two[1])
    assert "This time was just given to someone else." in said(undo(desk, page))


def test_what_is_withdrawn_by_a_slip_is_held_again(
    desk: Client, full: list[Appointment], two: list[WaitingListEntry]
) -> None:
    cancel_by_patient(full[0])
    offer_free_seats(timezone.now())
    undo(desk, press(desk, two[0], "seat/withdraw"))
    two[0].appointment.refresh_from_db()
    assert two[0].appointment.state == "proposed"
    assert seat_of(two[0])


def test_a_seat_that_nobody_else_waits_for_is_free_for_all_once_it_is_withdrawn(
    desk: Client,
    group_class: Service,
    full: list[Appointment],
    session: ClassSession,
) -> None:
    entry = WaitingListEntry.objects.get(appointment=wait(session, 7))
    cancel_by_patient(full[0])
    offer_free_seats(timezone.now())
    press(desk, entry, "seat/withdraw")
    assert offer_free_seats(timezone.now()) == 0
    assert taken_seats(session) == 5
    search = AvailabilityQuery(group_class, session.location)
    [date, *_later] = upcoming_class_dates(search, now=timezone.now())
    assert date.left == 1


def test_the_desk_gives_a_free_seat_out_of_turn_and_takes_that_back(
    desk: Client, full: list[Appointment], two: list[WaitingListEntry], session: ClassSession
) -> None:
    cancel_by_patient(full[0])
    page = desk.get(page_of(session))
    assert buttons(page) == [
        "Offer the seat by email: Waiter 7",
        "Hold the seat and call: Waiter 8",
    ]
    page = press(desk, two[1], "seat/offer", next=page_of(session))
    assert "Held for Waiter 8. The call is among the calls to make." in said(page)
    assert buttons(page) == ["They take it: Waiter 8", "Withdraw the offer: Waiter 8"]
    assert "This time was just given to someone else." in said(press(desk, two[0], "seat/offer"))
    undo(desk, page)
    assert seat_of(two[1]) is None
    assert offer_free_seats(timezone.now()) == 1  # to whoever is next by rule
    assert seat_of(two[0])
    assert len(emails_to("w7@patient.example")) == 2


def test_an_offer_that_is_over_is_not_taken(
    desk: Client,
    full: list[Appointment],
    two: list[WaitingListEntry],
    clock: time_machine.Traveller,
) -> None:
    cancel_by_patient(full[0])
    offer_free_seats(timezone.now())
    clock.shift(timedelta(hours=30))
    for what in ("seat/take", "seat/withdraw"):
        assert "Someone else just changed this" in said(press(desk, two[0], what))
    two[0].appointment.refresh_from_db()
    assert two[0].appointment.state == "proposed"


def test_a_class_with_seats_names_who_waits_for_another_date_of_it(
    desk: Client, group_class: Service, theo: Practitioner, two: list[WaitingListEntry]
) -> None:
    other = make_session(group_class, theo, NEXT_WEDNESDAY)
    page = desk.get(page_of(other))
    assert "Waiting for another date of this class" in said(page)
    soup = BeautifulSoup(page.content, "html.parser")
    [first, _second] = [
        str(link["href"]) for link in soup.select("a") if "Book a seat on this" in link.get_text()
    ]
    form = desk.get(first).context["form"]
    assert form["name"].value() == "Waiter 7"
    assert form["slot"].value().startswith("20270113")


def test_who_fits_a_time_at_which_a_class_meets_is_told_on_its_page(
    desk: Client, theo: Practitioner, two: list[WaitingListEntry], session: ClassSession
) -> None:
    slot = f"{session.starts_at:%Y%m%dT%H%M}Z-{theo.pk}"
    answer = desk.get(f"{WAITING}fits/", {"slot": slot})
    assert answer["Location"] == f"{page_of(session)}#waits"


def test_a_full_class_leads_to_its_waiting_list_in_one_form(
    desk: Client, full: list[Appointment], session: ClassSession
) -> None:
    soup = BeautifulSoup(desk.get(page_of(session)).content, "html.parser")
    [link] = [str(one["href"]) for one in soup.select("a") if "its waiting list" in one.get_text()]
    page = desk.get(link)
    form = page.context["form"]
    said_buttons = said(page)
    assert "Put them on the waiting list" in said_buttons
    assert "Book this time" not in said_buttons
    sent = {
        name: form[name].value()
        for name in ("key", "service", "slot", "first", "full")
        if form[name].value()
    }
    who = {"name": "Kim Park", "phone": "(805) 555-0142", "record": "new", "wait": "on"}
    location = {"location": Location.objects.get().pk}
    answer = desk.post("/admin/appointments/book/", sent | location | who, follow=True)
    assert "On the waiting list:" in said(answer)
    assert names(desk.get(WAITING)) == ["Kim Park"]


def test_full_dates_stand_among_the_times_on_the_phone(
    desk: Client, group_class: Service, two: list[WaitingListEntry]
) -> None:
    page = desk.get("/admin/appointments/book/", {"service": group_class.pk, "first": "2027-01-05"})
    assert "Wednesday, January 6, 9:00 AM · 2 people wait" in said(page)
