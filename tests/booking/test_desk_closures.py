"""Closing days: whom it hits before and after, who has been told; holidays are suggestions."""

from datetime import date, time
from typing import Any

import pytest
from django.test import Client

from booking.actions.closures import create_closure
from booking.models import Appointment, CallTask, Practitioner, Service
from booking.scheduling.holidays import holidays
from clinic_site.accounts.models import User
from clinic_site.clinic.models import Closure
from clinic_site.clinic.models.locations import Location
from tests.booking.factories import at, book, rows, said
from tests.factories import make_user

LIST = "/admin/closures/"
NEW = f"{LIST}new/"
TEN = at(6, 10)


@pytest.fixture
def visit(service: Service, robin: Practitioner, desk: Client) -> Appointment:
    return book(service, TEN, by=User.objects.get())


def closing(**changes: Any) -> dict[str, Any]:
    return {
        "kind": "closed",
        "practitioner": "",
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
    assert "Save and list the calls" in said(page)
    assert not Closure.objects.exists()


def test_then_it_is_stored_and_each_is_a_call_to_make(desk: Client, visit: Appointment) -> None:
    before = Appointment.objects.values().get()
    seen = desk.post(NEW, closing()).context["seen"]
    response = desk.post(NEW, closing(seen=seen))
    closure = Closure.objects.get()
    assert response["Location"] == f"{LIST}inspect/{closure.pk}/"
    assert closure.created_by == User.objects.get()
    page = said(desk.get(response["Location"]))
    assert "Still to be told (1)" in page
    assert visit.reference in page
    assert Appointment.objects.values().get() == before


def test_who_was_booked_meanwhile_is_shown_first(
    desk: Client, service: Service, visit: Appointment
) -> None:
    seen = desk.post(NEW, closing()).context["seen"]
    late = book(service, at(6, 14))
    page = desk.post(NEW, closing(seen=seen))
    assert late.reference in said(page)
    assert not Closure.objects.exists()


def test_who_has_been_told_is_kept(desk: Client, visit: Appointment) -> None:
    seen = desk.post(NEW, closing()).context["seen"]
    page = desk.post(NEW, closing(seen=seen))["Location"]
    call = CallTask.objects.get()
    done = f"/admin/inbox/calls/{call.pk}/done/"
    assert desk.post(done, {"note": "Moves to Friday", "next": page})["Location"] == page
    words = said(desk.get(page))
    assert "Everyone has been told." in words
    assert "by Sam Lee – Moves to Friday" in words
    assert "1 of 1 told" in rows(desk.get(LIST))[0]


def test_a_closure_that_hits_nobody_is_stored_at_once(desk: Client, visit: Appointment) -> None:
    desk.post(NEW, closing(first_day="2027-01-07", last_day="2027-01-07"))
    assert Closure.objects.exists()
    assert not CallTask.objects.exists()


def test_a_closure_that_is_sent_twice_is_stored_once(visit: Appointment) -> None:
    assert visit.starts_at
    day = visit.starts_at.date()
    first, again = (Closure(first_day=day, last_day=day, reason="Holiday") for _ in range(2))
    calls = create_closure(first)
    assert [call.appointment for call in calls] == [visit]
    assert create_closure(again) == calls
    assert again.pk == first.pk
    create_closure(Closure(first_day=day, last_day=day, reason="Painters"))
    assert Closure.objects.count() == 2


def test_other_days_of_a_closure_bring_other_calls(
    desk: Client, service: Service, visit: Appointment
) -> None:
    seen = desk.post(NEW, closing()).context["seen"]
    desk.post(NEW, closing(seen=seen))
    later = book(service, at(8, 10))
    closure = Closure.objects.get()
    edit = f"{LIST}edit/{closure.pk}/"
    moved = closing(first_day="2027-01-08", last_day="2027-01-08")
    seen = desk.post(edit, moved).context["seen"]
    desk.post(edit, moved | {"seen": seen})
    assert [call.appointment for call in CallTask.objects.all()] == [later]


@pytest.mark.parametrize(
    "changes",
    [
        {"first_day": ""},
        {"first_day": "2027-01-07"},
        {"begins": "09:00"},
        {"kind": "extra"},
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
    [address] = [url for holiday, url, _closed in page.context["holidays"] if "King" in holiday[1]]
    form = desk.get(address).context["form"]
    assert form["first_day"].value() == form["last_day"].value() == "2027-01-18"
    assert form["reason"].value() == "Martin Luther King Jr. Day"
    Closure.objects.create(first_day=date(2027, 1, 18), last_day=date(2027, 1, 18))
    assert "Martin Luther King Jr. Day: closed" in said(desk.get(LIST))


def test_the_holidays_of_a_year() -> None:
    assert [
        day.isoformat() for day, _name in holidays("ca", date(2027, 1, 1), date(2027, 12, 31))
    ] == [
        "2027-01-01",
        "2027-01-18",
        "2027-02-15",
        "2027-03-31",
        "2027-05-31",
        "2027-06-18",
        "2027-07-05",
        "2027-09-06",
        "2027-10-11",
        "2027-11-11",
        "2027-11-25",
        "2027-11-26",
        "2027-12-24",
        "2027-12-31",
    ]


@pytest.mark.parametrize("region", ["", "Bavaria", "ON"])
def test_elsewhere_nothing_is_suggested(region: str) -> None:
    assert holidays(region, date(2027, 1, 1), date(2027, 12, 31)) == []


def practitioner_form(robin: Practitioner, **changes: Any) -> dict[str, Any]:
    """The page of a practitioner as it is sent with nothing changed."""
    sent: dict[str, Any] = {"person": robin.person_id, "active": "on"}
    for prefix, kept in (
        ("assignments", robin.assignments.all()),
        ("hours", robin.weekly_hours.all()),
    ):
        sent |= {f"{prefix}-TOTAL_FORMS": len(kept) + 3, f"{prefix}-INITIAL_FORMS": len(kept)}
        for n, row in enumerate(kept):
            names = ("service_id",) if prefix == "assignments" else ("weekday", "begins", "ends")
            sent |= {f"{prefix}-{n}-id": row.pk, f"{prefix}-{n}-location": row.location_id}
            sent |= {
                f"{prefix}-{n}-{name.removesuffix('_id')}": getattr(row, name) for name in names
            }
        for n in range(len(kept), len(kept) + 3):  # empty rows propose the location
            sent[f"{prefix}-{n}-location"] = Location.objects.get().pk
    return sent | changes


def test_hours_are_kept_on_one_page_and_alter_no_booking(
    client: Client, service: Service, robin: Practitioner, visit: Appointment
) -> None:
    client.force_login(make_user("Owners"))
    page, before = f"/admin/practitioners/edit/{robin.pk}/", Appointment.objects.values().get()
    assert client.get(page).status_code == 200
    kept, place = robin.weekly_hours.count(), visit.location_id
    added = {
        f"hours-{kept}-weekday": "5",
        f"hours-{kept}-begins": "10:00",
        f"hours-{kept}-ends": "12:00",
        f"hours-{kept}-location": place,
        "hours-2-DELETE": "on",  # Wednesday, on which the visit lies
    }
    response = client.post(page, practitioner_form(robin, **added))
    assert response.status_code == 302
    spans = [(span.weekday, span.begins) for span in robin.weekly_hours.all()]
    assert spans == [(day, time(9)) for day in (0, 1, 3, 4)] + [(5, time(10))]
    service.duration_minutes, service.price_text = 30, "$1"
    service.save()
    assert Appointment.objects.values().get() == before


def test_hours_that_cannot_be_are_refused_and_kept(
    client: Client, service: Service, robin: Practitioner
) -> None:
    client.force_login(make_user("Owners"))
    wrong = {"hours-0-begins": "09:00", "hours-0-ends": "09:00"}
    page = client.post(f"/admin/practitioners/edit/{robin.pk}/", practitioner_form(robin, **wrong))
    assert page.status_code == 200
    assert "can’t begin and end at the same time" in said(page)
    assert robin.weekly_hours.order_by("weekday")[0].ends == time(17)
