"""The desk at a class: who comes, arrived in one click, seats, another time, called off."""

from typing import Any

import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from booking.actions.visits import cancel_by_patient
from booking.desk.times import value_of
from booking.models import (
    Appointment,
    ClassSession,
    Practitioner,
    Service,
)
from tests.booking.calendar_pages import CALENDAR, DAY, entries, soup_of
from tests.booking.classes.factories import (
    NEXT_WEDNESDAY,
    WEDNESDAY,
    fill,
    join,
    make_session,
    taken_seats,
    wait,
)
from tests.booking.factories import at, said

CLASSES = "/admin/classes/"


def page_of_date(session: ClassSession, change: str = "") -> str:
    return f"{CLASSES}{session.pk}/{change and change + '/'}"


def table(page: Any) -> list[str]:
    return [" ".join(row.get_text(" ").split()) for row in soup_of(page).select("tbody tr")]


def test_the_calendar_has_one_entry_for_a_class_with_how_many_come(
    desk: Client, group_class: Service, session: ClassSession
) -> None:
    fill(group_class, 4)
    page = desk.get(CALENDAR, DAY)
    shown = [words.replace("\xa0", " ") for words in entries(page)]
    assert shown == ["9:00–9:50 AM 4 of 6 Corrective exercise class CC"]
    link = soup_of(page).select_one(".calendar-entry a")
    assert link is not None
    assert str(link["href"]).startswith(page_of_date(session))


def test_the_sheet_of_the_day_lists_who_comes_to_a_class(
    desk: Client, group_class: Service, session: ClassSession
) -> None:
    join(group_class, 1, name="Ana Agreed", access_needs="Wheelchair")
    join(group_class, 2, name="Ben Booked", new_patient=True)
    sheet = soup_of(desk.get(CALENDAR, DAY)).select_one(".calendar-sheet__people")
    words = " ".join(sheet.get_text(" ").split()) if sheet else ""
    assert words.startswith("Ana Agreed")
    assert "Wheelchair" in words
    assert "Ben Booked" in words
    assert "First visit" in words


def test_the_calendar_costs_the_same_however_many_come(
    desk: Client, group_class: Service, session: ClassSession
) -> None:
    fill(group_class, 1)
    desk.get(CALENDAR, DAY)
    with CaptureQueriesContext(connection) as one:
        desk.get(CALENDAR, DAY)
    for n in range(2, 7):
        join(group_class, n)
    with CaptureQueriesContext(connection) as many:
        desk.get(CALENDAR, DAY)
    assert len(one) == len(many)


def test_who_comes_is_marked_in_one_click_and_taken_back(
    desk: Client, group_class: Service, session: ClassSession, clock: time_machine.Traveller
) -> None:
    visit = join(group_class, 1, name="Ana Agreed")
    clock.move_to(WEDNESDAY)
    here = page_of_date(session)
    page = desk.get(here)
    assert table(page)[0].endswith("confirmed Arrived No-show")
    arrived = f"/admin/appointments/{visit.pk}/arrived/"
    answer = desk.post(arrived, {"version": visit.version, "next": here}, follow=True)
    assert answer.redirect_chain[-1][0] == here
    assert "arrived" in table(answer)[0]
    event = visit.events.get(event_type="arrived")
    desk.post("/admin/appointments/undo/", {"event": event.pk, "next": here})
    visit.refresh_from_db()
    assert (visit.state, taken_seats(session)) == ("confirmed", 1)


def test_a_seat_is_given_on_the_phone(
    desk: Client, group_class: Service, theo: Practitioner, session: ClassSession
) -> None:
    page = desk.get(page_of_date(session))
    book_url = page.context["book_url"]
    form = desk.get(book_url)
    assert "9:00 AM · 6 seats left" in said(form)
    sent = {
        "key": "k",
        "service": group_class.pk,
        "location": session.location_id,
        "slot": value_of(WEDNESDAY, theo.pk),
        "name": "Cal Caller",
        "phone": "(805) 555-0190",
    }
    answer = desk.post("/admin/appointments/book/", sent)
    assert answer.status_code == 302
    assert taken_seats(session) == 1
    assert Appointment.objects.get().visitor == "Cal Caller"


def test_a_caller_waits_for_a_seat_of_a_full_class(
    desk: Client, group_class: Service, theo: Practitioner, session: ClassSession
) -> None:
    fill(group_class)
    sent = {
        "key": "k",
        "service": group_class.pk,
        "location": session.location_id,
        "slot": value_of(WEDNESDAY, theo.pk),
        "name": "Cal Caller",
        "phone": "(805) 555-0190",
    }
    answer = desk.post("/admin/appointments/book/", sent)
    assert "This class is full" in said(answer)
    assert "Put them on the waiting list" in said(answer)
    answer = desk.post("/admin/appointments/book/", sent | {"wait": "on"}, follow=True)
    waits = Appointment.objects.get(name="Cal Caller")
    assert (waits.state, waits.class_session) == ("requested", session)
    assert "On the waiting list" in said(answer)
    desk.post("/admin/appointments/undo/", {"event": waits.events.get().pk})
    waits.refresh_from_db()
    assert waits.state == "canceled"


def test_seats_are_changed_and_never_below_those_taken(
    desk: Client, group_class: Service, session: ClassSession
) -> None:
    fill(group_class, 4)
    answer = desk.post(page_of_date(session, "seats"), {"version": 1, "seats": 3})
    assert "4 seats are taken. Please move or cancel someone first." in said(answer)
    desk.post(page_of_date(session, "seats"), {"version": 1, "seats": 5})
    session.refresh_from_db()
    assert session.seats == 5
    answer = desk.post(page_of_date(session, "seats"), {"version": 1, "seats": 6})
    assert answer.status_code == 409
    assert "Someone else changed this class" in said(answer)


def test_a_class_is_called_off_and_back_on(
    desk: Client, group_class: Service, session: ClassSession
) -> None:
    fill(group_class, 2)
    sent = {"version": 1, "ready": "ill", "reason": ""}
    answer = desk.post(page_of_date(session, "cancel"), sent, follow=True)
    assert "canceled" in said(answer)
    assert not Appointment.objects.exclude(state="canceled").exists()
    session.refresh_from_db()
    answer = desk.post(page_of_date(session, "reopen"), {"version": session.version}, follow=True)
    assert "The class is on again, with 2 people in it." in said(answer)
    assert taken_seats(session) == 2


def test_whoever_waits_for_a_class_that_is_on_again_is_nobody_in_it(
    desk: Client, group_class: Service, session: ClassSession
) -> None:
    fill(group_class)
    wait(session, 7)
    sent = {"version": 1, "ready": "ill", "reason": ""}
    desk.post(page_of_date(session, "cancel"), sent)
    session.refresh_from_db()
    answer = desk.post(page_of_date(session, "reopen"), {"version": session.version}, follow=True)
    assert "The class is on again, with 6 people in it." in said(answer)


def test_a_class_moves_unless_something_is_in_the_way_which_is_named(
    desk: Client, group_class: Service, theo: Practitioner, session: ClassSession
) -> None:
    make_session(group_class, theo, at(6, 14))
    visit = join(group_class)
    sent = {"version": 1, "day": "2027-01-06", "time": "14:30", "practitioner": theo.pk}
    answer = desk.post(page_of_date(session, "move"), sent)
    assert "Theo Lindqvist’s time is taken then" in said(answer)
    assert "Corrective exercise class, 2:00–2:50" in said(answer).replace("\xa0", " ")
    desk.post(page_of_date(session, "move"), sent | {"time": "9:15 AM"})
    visit.refresh_from_db()
    assert visit.starts_at == at(6, 9, 15)


def test_whoever_waits_stands_on_the_page_and_in_no_inbox(
    desk: Client, group_class: Service, session: ClassSession
) -> None:
    fill(group_class)
    wait(session, 7)
    assert "Waiting list" in said(desk.get(page_of_date(session)))
    assert "Waiter 7" in said(desk.get(page_of_date(session)))
    assert "6 of 6, 1 waiting" in said(desk.get(CLASSES))
    assert not Appointment.objects.unanswered().exists()
    assert desk.get("/admin/inbox/").status_code == 200


def test_the_page_of_a_class_and_the_plan_cost_the_same_however_many_come(
    desk: Client, group_class: Service, theo: Practitioner, session: ClassSession
) -> None:
    counts = []
    fill(group_class, 2)
    make_session(group_class, theo, NEXT_WEDNESDAY)
    for n in (3, 6):
        desk.get(CLASSES)
        with CaptureQueriesContext(connection) as asked:
            desk.get(page_of_date(session))
            desk.get(CLASSES)
        counts.append(len(asked))
        join(group_class, n)
        make_session(group_class, theo, at(8, 9 + n))
    assert counts[0] == counts[1]


def test_a_canceled_seat_shows_at_once(
    desk: Client, group_class: Service, session: ClassSession
) -> None:
    first, *_others = fill(group_class, 3)
    cancel_by_patient(first)
    assert "Seats taken: 2 of 6" in said(desk.get(page_of_date(session)))
