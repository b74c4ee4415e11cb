"""The desk sees who waits, in which order, and takes people off the list."""

from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from booking.actions.errors import StaleEntry
from booking.actions.personal_data.erasing import erase_appointment
from booking.actions.visits import cancel_appointment
from booking.actions.waiting.callers import TimeWished
from booking.actions.waiting.order import move_in_line
from booking.actions.waiting_list import join_waiting_list
from booking.models import (
    AppointmentEvent,
    Practitioner,
    Service,
    WaitingListEntry,
    WaitingListEvent,
)
from clinic_site.accounts.models import User
from tests.booking.factories import at, book, errors_by_field, make_practitioner, make_service, said
from tests.booking.waiting.factories import WAITING, call_in, fits, names, press, slot, undo
from tests.factories import make_user
from tests.looks import key_of_row, lines_of


def test_a_caller_is_no_request_to_answer(
    desk: Client, user: User, service: Service, robin: Practitioner
) -> None:
    call_in(service, user)
    assert "No request waits" in said(desk.get("/admin/inbox/"))


def test_the_list_goes_by_how_long_they_wait_unless_the_desk_says_why_not(
    desk: Client, user: User, service: Service, robin: Practitioner, clock: time_machine.Traveller
) -> None:
    entries = []
    for name in ("Ann One", "Ben Two", "Cem Three"):
        entries.append(call_in(service, user, name))
        clock.shift(timedelta(minutes=1))
    line = f"{WAITING}{entries[2].pk}/line/"
    refused = desk.post(line, {"where": "front", "place": "0", "reason": ""})
    assert "reason" in errors_by_field(refused)
    page = desk.post(line, {"where": "front", "place": "0", "reason": "In pain"}, follow=True)
    assert names(page) == ["Cem Three", "Ann One", "Ben Two"]
    assert "Moved to the front, Sam Lee, Jan 4, 9:03 AM: In pain" in said(page)
    assert names(fits(desk, robin)) == ["Cem Three", "Ann One", "Ben Two"]
    back = {"where": "back", "place": "0", "reason": "On vacation"}
    assert names(desk.post(f"{WAITING}{entries[0].pk}/line/", back, follow=True))[-1] == "Ann One"
    assert "In pain" in said(desk.get(line))
    undone = undo(desk, desk.post(line, back | {"place": "-1"}, follow=True))
    assert names(undone) == ["Cem Three", "Ben Two", "Ann One"]
    assert "put back in place" in said(desk.get(line))


def test_somebody_moved_meanwhile_is_not_moved_unseen(
    desk: Client, user: User, service: Service
) -> None:
    entry = call_in(service, user)
    seen = WaitingListEntry.objects.get(pk=entry.pk)
    move_in_line(entry, to_front=True, reason="In pain", by=user)
    with pytest.raises(StaleEntry):
        move_in_line(seen, to_front=False, reason="On vacation", by=user)


def test_who_has_a_visit_keeps_it_when_taken_off_the_list(
    desk: Client, user: User, service: Service, robin: Practitioner
) -> None:
    visit = book(service, at(20, 9), by=user, name="Ed Early")
    page = press(desk, join_waiting_list(visit), "remove")
    assert names(page) == []
    visit.refresh_from_db()
    assert visit.state == "confirmed"
    assert names(undo(desk, page)) == ["Ed Early"]
    assert "Someone else just changed" in said(
        [press(desk, visit.waiting_list_entry, "remove") for _twice in range(2)][1]
    )


def test_the_list_is_narrowed_to_a_service_and_to_who_could_see_them(
    desk: Client, user: User, service: Service, robin: Practitioner
) -> None:
    massage = make_service("Massage", slug="massage")
    dana = make_practitioner("Dana Whitfield", massage)
    call_in(service, user, "Ann One", wished=TimeWished(robin))
    call_in(massage, user, "Ben Two")
    assert names(desk.get(WAITING, {"service": massage.pk})) == ["Ben Two"]
    assert names(desk.get(WAITING, {"practitioner": dana.pk})) == ["Ben Two"]
    assert names(desk.get(WAITING, {"practitioner": robin.pk})) == ["Ann One"]
    assert desk.get(WAITING, {"practitioner": "x", "service": "999"}).status_code == 200


def test_others_see_no_waiting_list(client: Client, service: Service) -> None:
    for role in ("Practitioners", "Moderators", "Editors"):
        client.force_login(make_user(role))
        assert client.get(WAITING).status_code == 302
        assert client.post(f"{WAITING}1/remove/").status_code == 302


def test_each_look_leaves_a_line(desk: Client, user: User, service: Service) -> None:
    entry = call_in(service, user)
    desk.get(WAITING)
    assert lines_of(user) == {key_of_row(entry.appointment)}


@pytest.mark.slow
def test_the_list_takes_the_same_queries_for_two_and_for_fifty(
    desk: Client, user: User, service: Service, robin: Practitioner
) -> None:
    counts = []
    for total in (2, 50):
        for number in range(WaitingListEntry.objects.count(), total):
            call_in(service, user, f"Caller {number}")
        for address in (WAITING, f"{WAITING}fits/?slot={slot(robin)}"):
            desk.get(address)
            with CaptureQueriesContext(connection) as queries:
                desk.get(address)
            counts.append(len(queries))
    assert counts[:2] == counts[2:]
    assert max(counts) <= 25


def test_erasing_takes_the_reasons_along(user: User, service: Service) -> None:
    entry = call_in(service, user)
    move_in_line(entry, to_front=True, reason="In pain", by=user)
    erase_appointment(entry.appointment, by=user)
    assert not WaitingListEvent.objects.exists()
    assert AppointmentEvent.objects.exists()


def test_a_canceled_visit_leads_to_whom_its_time_fits(
    desk: Client, user: User, service: Service, robin: Practitioner
) -> None:
    visit = book(service, at(6, 10), by=user)
    call_in(service, user)
    cancel_appointment(visit, by=user)
    page = BeautifulSoup(desk.get(f"/admin/appointments/{visit.pk}/").content, "html.parser")
    [link] = [one["href"] for one in page.select("a[href]") if "/waiting/fits/" in one["href"]]
    assert names(desk.get(str(link))) == ["Kim Park"]


def test_open_time_in_the_calendar_leads_to_whom_it_fits(
    desk: Client, service: Service, robin: Practitioner
) -> None:
    window = desk.get("/admin/calendar/free/", {"slot": slot(robin)}).content.decode()
    assert f"/admin/waiting/fits/?slot={slot(robin)}" in window
