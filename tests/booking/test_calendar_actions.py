"""What is done within the calendar: on an entry, and on an open time."""

import pytest
import time_machine
from bs4 import Tag
from django.test import Client

from booking.actions.patients.assigning import attach_new
from booking.desk.times import value_of
from booking.models import Appointment, Practitioner, Service
from clinic_site.accounts.models import User
from clinic_site.clinic.models.locations import Location
from tests.booking.calendar_pages import (
    CALENDAR,
    DAY,
    TEN,
    free,
    soup_of,
)
from tests.booking.factories import (
    at,
    book,
    make_practitioner,
    make_service,
    page_of,
    said,
)

FREE = f"{CALENDAR}free/"


@pytest.fixture
def staff(desk: Client) -> User:
    return User.objects.get()


def test_a_free_time_leads_to_booking_it(
    desk: Client, service: Service, robin: Practitioner
) -> None:
    other = make_service("Massage")
    link = free(desk.get(CALENDAR, DAY))["10:00 AM, Robin Alvarez: open"]
    page = desk.get(str(link["href"]))
    assert "Wed, Jan 6, 10:00 AM · Robin Alvarez" in said(page)
    assert list(page.context["services"]) == [service]
    assert other not in page.context["services"]
    [form] = soup_of(page).select('form[action$="/appointments/book/"]')
    assert form.select_one(f'[name=slot][value="{value_of(TEN, robin.pk)}"]')
    fields = {str(field["name"]): str(field.get("value", "")) for field in form.select("input")}
    fields |= {"slot": value_of(TEN, robin.pk), "service": str(service.pk), "email": ""}
    del fields["new_patient"]
    sent = desk.post("/admin/appointments/book/", fields | {"name": "Kim", "phone": "8055550199"})
    visit = Appointment.objects.get()
    assert (visit.starts_at, visit.practitioner) == (TEN, robin)
    assert sent["Location"].startswith(f"{CALENDAR}?day=2027-01-06")


def test_only_what_fits_into_the_open_time_can_be_chosen(
    desk: Client, service: Service, robin: Practitioner, staff: User
) -> None:
    """With what is kept free after it; a class has dates of its own."""
    lengths = {"Check": (45, 15), "Massage": (50, 15), "Course": (90, 0), "Class": (30, 0)}
    for name, (minutes, buffer) in lengths.items():
        more = {"seats": 6, "mode": "at_once"} if name == "Class" else {}
        made = make_service(name, duration_minutes=minutes, buffer_minutes=buffer, **more)
        robin.assignments.create(service=made, location=Location.objects.get())
    book(service, at(6, 11), by=staff)
    page = desk.get(f"{FREE}?slot={value_of(TEN, robin.pk)}")
    assert {each.name for each in page.context["services"]} == {service.name, "Check"}
    assert "Too long for this opening: Course (90 min), Massage (50 min)" in said(page)
    later = desk.get(f"{FREE}?slot={value_of(at(6, 13), robin.pk)}")
    assert len(later.context["services"]) == 4
    assert "Too long" not in said(later)


def test_a_time_that_was_pressed_stays_chosen_when_something_is_missing(
    desk: Client, service: Service, robin: Practitioner
) -> None:
    """Also one at which the service does not begin by its own grid."""
    slot = value_of(at(6, 10, 5), robin.pk)
    place = Location.objects.get().pk
    sent = {"key": "k", "slot": slot, "as_clicked": "on", "practitioner": robin.pk}
    sent |= {"location": place}
    page = desk.post("/admin/appointments/book/", sent | {"name": "Kim", "phone": "8055550199"})
    chosen = soup_of(page).select("[name=slot][checked]")
    assert [str(choice["value"]) for choice in chosen] == [slot]
    desk.post(
        "/admin/appointments/book/",
        sent | {"name": "Kim", "phone": "8055550199", "service": service.pk},
    )
    assert Appointment.objects.get().starts_at == at(6, 10, 5)


def test_a_known_patient_is_found_by_three_letters_and_filled_in(
    desk: Client, service: Service, robin: Practitioner, staff: User
) -> None:
    known = book(service, TEN, by=staff, name="Lucía Fernández", email="lucia@patient.example")
    address = f"{FREE}?slot={value_of(at(7, 9), robin.pk)}"
    page = desk.post(address, {"q": "luc"})
    assert page.context["found"].bookings == [known]
    assert "luc" not in page.request["QUERY_STRING"]
    form = desk.post(address, {"q": "luc", "patient": known.pk}).context["form"]
    assert form["name"].value() == "Lucía Fernández"
    assert form["service"].value() == service.pk
    assert form["practitioner"].value() == robin.pk


def test_a_booking_for_a_patient_who_was_found_goes_into_their_record(
    desk: Client, service: Service, robin: Practitioner, staff: User
) -> None:
    record = attach_new(book(service, TEN, by=staff, access_needs="Wheelchair"), by=staff)
    address = f"{FREE}?slot={value_of(at(7, 9), robin.pk)}"
    page = desk.post(address, {"q": "brien"})
    assert [one.patient for one in page.context["found"].patients] == [record]
    form = desk.post(address, {"q": "brien", "record": record.pk}).context["form"]
    assert form["access_needs"].value() == "Wheelchair"
    sent = {field.name: field.value() for field in form if field.value()}
    sent |= {"slot": value_of(at(7, 9), robin.pk), "practitioner": robin.pk}
    desk.post("/admin/appointments/book/", sent)
    assert record.appointments.count() == 2


@pytest.mark.parametrize("query", ["", "?slot=", "?slot=x", "?slot=20270106T1800Z-", "?slot=²"])
def test_what_is_no_free_time_leads_back(desk: Client, robin: Practitioner, query: str) -> None:
    assert desk.get(f"{FREE}{query}")["Location"] == CALENDAR


def test_a_visit_is_noted_as_arrived_and_completed_by_one_click_each(
    desk: Client,
    service: Service,
    robin: Practitioner,
    staff: User,
    clock: time_machine.Traveller,
) -> None:
    visit = book(service, TEN, by=staff)
    quick = "button.calendar-quick"
    assert not soup_of(desk.get(CALENDAR, DAY)).select(quick), "before its day nobody arrives"
    clock.move_to(at(6, 9, 50))
    for state in ("arrived", "completed"):
        page = soup_of(desk.get(CALENDAR, DAY))
        [button] = page.select(quick)
        form = page.select_one(f"form#{button['form']}")
        assert form is not None
        back = form.select_one("[name=next]")
        assert back is not None
        sent = {"version": button["value"], "next": back["value"]}
        answer = desk.post(str(button["formaction"]), sent)
        assert answer["Location"] == back["value"]
        visit.refresh_from_db()
        assert visit.state == state
        clock.move_to(TEN)


def test_a_visit_is_picked_up_and_put_down(
    desk: Client, service: Service, robin: Practitioner, staff: User
) -> None:
    dana = make_practitioner("Dana Whitfield")  # who does not do it
    visit = book(service, TEN, by=staff, practitioner=robin)
    window = soup_of(
        desk.get(f"{CALENDAR}visit/{visit.pk}/", {"next": f"{CALENDAR}?day=2027-01-07"})
    )
    pick = window.find("a", string="Move")
    assert isinstance(pick, Tag)
    page = desk.get(str(pick["href"]))
    assert f"Moving {visit.visitor}" in said(page)
    places = free(page)
    assert not any(dana.name in words for words in places)
    assert "4:15 PM, Robin Alvarez: move here" not in places, "it would end after hours"
    button = places["11:15 AM, Robin Alvarez: move here"]
    form = soup_of(page).select_one(f"form#{button['form']}")
    assert form is not None
    sent = {str(f["name"]): str(f["value"]) for f in form.select("input")}
    answer = desk.post(str(form["action"]), sent | {"slot": str(button["value"])})
    visit.refresh_from_db()
    assert visit.starts_at == at(7, 11, 15)
    assert "pick" not in answer["Location"]


def test_what_is_in_the_way_of_a_move_is_named(
    desk: Client, service: Service, robin: Practitioner, staff: User
) -> None:
    Service.objects.update(buffer_minutes=15)
    service.refresh_from_db()
    book(service, TEN, by=staff, name="Ana Agreed")
    visit = book(service, at(6, 14), by=staff)
    sent = {"version": 1, "slot": value_of(at(6, 11), robin.pk), "as_clicked": "on"}
    page = desk.post(page_of(visit, "moved"), sent)
    assert "In the way: the 15 minutes kept free after Ana Agreed, 10:00–11:00" in said(page)
    visit.refresh_from_db()
    assert visit.starts_at == at(6, 14)


def test_the_window_of_a_visit_has_all_that_can_be_done_with_it(
    desk: Client, service: Service, robin: Practitioner, staff: User, clock: time_machine.Traveller
) -> None:
    visit = book(service, TEN, by=staff, access_needs="Wheelchair")
    clock.move_to(at(6, 10, 10))
    page = desk.get(f"{CALENDAR}visit/{visit.pk}/", headers={"X-Fragment": "1"})
    assert not soup_of(page).find("html"), "in a window there is no other page"
    words = said(page)
    for each in ("Arrived", "No-show", "Move", "Cancel", "Call (805) 555-0123", "Wheelchair"):
        assert each in words
    assert desk.get(f"{CALENDAR}visit/999/").status_code == 404
