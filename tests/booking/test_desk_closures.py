"""Closing days: whom it hits before and after, who has been told; holidays are suggestions."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from booking.actions.calendars.closures import (
    call_affected,
    create_closure,
    take_back_closure,
)
from booking.actions.errors import CannotUndo
from booking.models import Appointment, CallTask, Practitioner, Service
from clinic_site.accounts.models import User
from clinic_site.clinic.models import Closure
from tests.booking.factories import at, book, said
from tests.booking.waiting.factories import undo
from tests.factories import make_location

LIST = "/admin/closures/"
NEW = f"{LIST}new/"
TEN = at(6, 10)


@pytest.fixture
def visit(service: Service, robin: Practitioner, desk: Client) -> Appointment:
    return book(service, TEN, by=User.objects.get())


def ticked(*visits: Appointment) -> list[str]:
    return [f"{visit.pk}:{visit.version}" for visit in visits]


def closed(visit: Appointment) -> Closure:
    """A closure of the day of a visit."""
    assert visit.starts_at
    day = visit.starts_at.date()
    closure = Closure(first_day=day, last_day=day)
    create_closure(closure)
    return closure


def closing(**changes: Any) -> dict[str, Any]:
    return {
        "person": "",
        "location": "",
        "first_day": "2027-01-06",
        "last_day": "2027-01-06",
        "begins": "",
        "ends": "",
        "reason": "We’re painting the rooms",
    } | changes


def test_whom_it_hits_is_listed_before_it_is_stored(desk: Client, visit: Appointment) -> None:
    page = desk.post(NEW, closing())
    assert visit.reference in said(page)
    assert "Close, cancel selected and email patients" in said(page)
    assert not Closure.objects.exists()


def test_then_it_is_stored_and_alters_no_visit(desk: Client, visit: Appointment) -> None:
    before = Appointment.objects.values().get()
    seen = desk.post(NEW, closing()).context["affected"].seen
    response = desk.post(NEW, closing(seen=seen))
    closure = Closure.objects.get()
    assert response["Location"] == f"{LIST}inspect/{closure.pk}/"
    assert closure.created_by == User.objects.get()
    page = said(desk.get(response["Location"]))
    assert "1 visit falls on it" in page
    assert visit.reference in page
    assert "Wed, Jan 6, 2027 : 1 visit" in said(desk.get("/admin/inbox/"))
    assert Appointment.objects.values().get() == before


def test_who_was_booked_meanwhile_is_shown_first(
    desk: Client, service: Service, visit: Appointment
) -> None:
    seen = desk.post(NEW, closing()).context["affected"].seen
    late = book(service, at(6, 14))
    page = desk.post(NEW, closing(seen=seen))
    assert late.reference in said(page)
    assert not Closure.objects.exists()


def test_who_has_been_called_is_off_the_list(desk: Client, visit: Appointment) -> None:
    closure = closed(visit)
    page = f"{LIST}inspect/{closure.pk}/"
    desk.post(page, {"then": "call", "visit": ticked(visit)})
    assert "among the calls to make" in said(desk.get(page))
    call = CallTask.objects.get()
    done = f"/admin/inbox/calls/{call.pk}/done/"
    noted = {"outcome": "reached", "tries": 0, "note": "Moves to Friday", "next": page}
    assert desk.post(done, noted)["Location"] == page
    words = said(desk.get(page))
    assert "No one is left to be told." in words
    assert "by Sam Lee – Moves to Friday" in words


def test_a_closure_that_hits_nobody_is_stored_at_once(desk: Client, visit: Appointment) -> None:
    desk.post(NEW, closing(first_day="2027-01-07", last_day="2027-01-07"))
    assert Closure.objects.exists()
    assert not CallTask.objects.exists()


def test_a_closure_that_is_sent_twice_is_stored_once(visit: Appointment) -> None:
    assert visit.starts_at
    day = visit.starts_at.date()
    first, again = (Closure(first_day=day, last_day=day, reason="Holiday") for _ in range(2))
    create_closure(first)
    create_closure(again)
    assert again.pk == first.pk
    create_closure(Closure(first_day=day, last_day=day, reason="Painters"))
    assert Closure.objects.count() == 2


def test_other_days_of_a_closure_bring_other_visits(
    desk: Client, service: Service, visit: Appointment
) -> None:
    closure = closed(visit)
    call_affected(closure, [visit.pk])
    later = book(service, at(8, 10))
    edit = f"{LIST}edit/{closure.pk}/"
    moved = closing(first_day="2027-01-08", last_day="2027-01-08")
    seen = desk.post(edit, moved).context["affected"].seen
    desk.post(edit, moved | {"seen": seen})
    assert later.reference in said(desk.get(f"{LIST}inspect/{closure.pk}/"))
    assert not CallTask.objects.exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"first_day": ""},
        {"first_day": "2027-01-07"},
        {"begins": "09:00"},
        {"begins": "09:00", "ends": "09:00"},
    ],
)
def test_a_closure_that_cannot_be_is_refused(
    desk: Client, visit: Appointment, changes: dict[str, str]
) -> None:
    page = desk.post(NEW, closing(**changes))
    assert page.context["form"].errors
    assert page.context["form"]["reason"].value() == "We’re painting the rooms"
    assert not Closure.objects.exists()


def test_holidays_are_suggested_and_nothing_is_closed_by_itself(
    desk: Client, visit: Appointment
) -> None:
    page = desk.get(LIST)
    assert "Martin Luther King Jr. Day: close that day" in said(page)
    assert not Closure.objects.exists()
    [address] = [each.url for each in page.context["holidays"] if "King" in each.holiday.name]
    form = desk.get(address).context["form"]
    assert form["first_day"].value() == form["last_day"].value() == "2027-01-18"
    assert form["reason"].value() == "Martin Luther King Jr. Day"
    Closure.objects.create(first_day=date(2027, 1, 18), last_day=date(2027, 1, 18))
    assert "Martin Luther King Jr. Day: closed" in said(desk.get(LIST))


def test_where_there_is_one_place_it_is_not_asked_for(desk: Client) -> None:
    page = desk.get("/admin/closures/new/")
    assert page.context["form"]["location"].is_hidden
    make_location(name="Harbor")
    page = desk.get("/admin/closures/new/")
    assert not page.context["form"]["location"].is_hidden


def test_closed_by_a_slip_the_days_are_open_again_by_one_press(
    desk: Client, clock: time_machine.Traveller
) -> None:
    page = desk.post(NEW, closing(), follow=True)
    assert "These days are open again." in said(undo(desk, page))
    assert not Closure.objects.exists()

    page = desk.post(NEW, closing(reason="Holiday"), follow=True)
    clock.shift(timedelta(minutes=15))
    assert "can’t be undone anymore" in said(undo(desk, page))
    assert Closure.objects.exists()


def test_one_press_takes_back_the_closure_and_what_became_of_its_visits(
    desk: Client, visit: Appointment
) -> None:
    listed = desk.get(f"{LIST}affected/", closing()).context["affected"]
    decided = {"then": "cancel", "visit": ticked(visit), "seen": listed.seen, "reason": "Closed"}
    page = desk.post(NEW, closing() | decided, follow=True)
    assert "1 visit canceled." in said(page)
    answer = said(undo(desk, page))
    assert "1 visit is back to how it was." in answer
    assert "These days are open again." in answer
    visit.refresh_from_db()
    assert (visit.state, Closure.objects.exists()) == ("confirmed", False)


def test_whoever_has_been_called_knows_of_the_closure(desk: Client, visit: Appointment) -> None:
    closure = closed(visit)
    [call] = call_affected(closure, [visit.pk])
    CallTask.objects.filter(pk=call.pk).update(tries=1)
    with pytest.raises(CannotUndo):
        take_back_closure(closure, by=User.objects.get())
