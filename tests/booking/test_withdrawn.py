"""Who takes no more bookings keeps agreed visits, and whoever they are with is told."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from booking.actions.answers import propose_times
from booking.actions.calendars.closures import create_closure
from booking.desk.setup.withdrawn import count_affected_appointments
from booking.manage_links import issue_link
from booking.models import Appointment, Practitioner, Service
from clinic_site.accounts.models import User
from clinic_site.clinic.models import Closure
from tests.booking.factories import at, book, make_appointment, make_practitioner, said
from tests.factories import make_user

TEN = at(6, 10)


@pytest.fixture
def visit(service: Service, robin: Practitioner) -> Appointment:
    service.mode = Service.Mode.AT_ONCE
    service.save()
    return book(service, TEN, practitioner=robin, email="jo@patient.example")


def link_to(visit: Appointment) -> str:
    return f"/book/mine/{issue_link(visit)}/"


def withdraw(what: str, service: Service, robin: Practitioner) -> None:
    if what == "practitioner":
        Practitioner.objects.filter(pk=robin.pk).update(active=False)
    elif what == "service":
        Service.objects.update(active=False)
    else:
        robin.assignments.all().delete()


@pytest.mark.parametrize("what", ["practitioner", "assignment"])
@pytest.mark.parametrize("view", ["day", "week"])
def test_the_calendar_shows_whoever_has_a_visit_that_day(
    desk: Client, service: Service, robin: Practitioner, visit: Appointment, what: str, view: str
) -> None:
    make_practitioner("Dana Whitfield", service)
    withdraw(what, service, robin)
    page = desk.get(f"/admin/calendar/?day=2027-01-06&view={view}")
    words = said(page)
    assert "Jo O’Brien" in words
    assert "isn’t taking new bookings" in words
    assert "isn’t taking new bookings" not in said(desk.get("/admin/calendar/?day=2027-01-13"))


@pytest.mark.parametrize("what", ["practitioner", "service", "assignment"])
def test_a_patient_is_told_and_led_to_no_empty_weeks(
    client: Client, service: Service, robin: Practitioner, visit: Appointment, what: str
) -> None:
    link = link_to(visit)
    withdraw(what, service, robin)
    for page in (client.get(link), client.get(f"{link}move/")):
        words = said(page)
        assert "Your visit is still on." in words
        assert "please call us" in words
        assert "Next week" not in words
        assert "/move/" not in page.content.decode()
        assert "Join the waiting list" not in words


def test_the_visit_is_moved_to_somebody_else(
    client: Client, service: Service, robin: Practitioner, visit: Appointment
) -> None:
    dana = make_practitioner("Dana Whitfield", service)
    withdraw("practitioner", service, robin)
    link = link_to(visit)
    assert "choose a time with someone else" in said(client.get(link))
    assert "2027-01-06T18:00Z" in client.get(f"{link}move/").content.decode()
    page = client.get(f"{link}move/?starts_at=2027-01-06T18:00Z")
    assert "Dana Whitfield" in said(page)
    form = BeautifulSoup(page.content, "html.parser").select("main form")[-1]
    sent: dict[str, Any] = {
        field["name"]: field["value"] for field in form.select("input[type=hidden]")
    }
    assert client.post(f"{link}move/", sent).status_code == 303
    visit.refresh_from_db()
    assert (visit.practitioner, visit.starts_at) == (dana, TEN)


def test_nothing_free_to_the_horizon_is_said_once(client: Client, visit: Appointment) -> None:
    visit.practitioner.weekly_hours.all().delete()  # type: ignore[union-attr]
    words = said(client.get(f"{link_to(visit)}move/"))
    assert "Nothing is open here through" in words
    assert "Next week" not in words


@pytest.fixture
def owner(client: Client, db: None) -> Client:
    client.force_login(make_user("Owners"))
    return client


def test_saving_says_whom_it_hits(
    owner: Client, service: Service, robin: Practitioner, visit: Appointment
) -> None:
    form = {
        "person": robin.person_id,
        f"services-{visit.location_id}": [service.pk],
        "hours-TOTAL_FORMS": 0,
        "hours-INITIAL_FORMS": 0,
    }
    page = owner.post(f"/admin/practitioners/edit/{robin.pk}/", form, follow=True)
    assert "1 agreed or requested visit stands" in said(page)
    assert f"practitioner={robin.pk}" in page.content.decode()


def service_form(service: Service) -> dict[str, Any]:
    names = ("name", "slug", "description", "audience", "mode", "duration_minutes", "price_text")
    numbers = ("buffer_minutes", "grid_minutes", "sort_order", "notice_hours", "horizon_days")
    return {name: getattr(service, name) for name in (*names, *numbers)}


@pytest.mark.parametrize("named", [True, False])
def test_requests_that_wait_for_a_time_count_as_well(
    owner: Client, service: Service, robin: Practitioner, visit: Appointment, named: bool
) -> None:
    request = make_appointment(service=service, practitioner=robin if named else None)
    assert request.starts_at is None
    page = owner.post(f"/admin/services/edit/{service.pk}/", service_form(service), follow=True)
    assert "2 agreed or requested visits stand" in said(page)


def test_times_that_a_patient_is_to_choose_from_count_as_well(
    owner: Client, service: Service, robin: Practitioner, staff: User
) -> None:
    request = make_appointment(service=service, practitioner=None)
    propose_times(request, [(at(6, 10), robin)], by=staff)
    robin.assignments.all().delete()
    assert count_affected_appointments(practitioner=robin) == 1
    assert count_affected_appointments(service=service) == 1
    assert count_affected_appointments(practitioner=make_practitioner("Dana", service)) == 0


def test_a_closure_lists_those_who_are_to_choose_a_time_on_it(
    desk: Client, service: Service, robin: Practitioner
) -> None:
    request = make_appointment(service=service, practitioner=None)
    propose_times(request, [(at(6, 10), robin), (at(7, 10), robin)], by=User.objects.get())
    day = at(6, 10).date()
    closure = Closure(first_day=day, last_day=day, person=robin.person)
    create_closure(closure)
    assert request.reference in said(desk.get(f"/admin/closures/inspect/{closure.pk}/"))
    assert "Wed, Jan 6, 2027 , Robin Alvarez: 1 visit" in said(desk.get("/admin/inbox/"))


def test_what_is_offered_still_is_not_warned_of(
    owner: Client, service: Service, robin: Practitioner, visit: Appointment
) -> None:
    for practitioner in (robin, None):
        make_appointment(service=service, practitioner=practitioner)
    form = service_form(service) | {"active": "on"}
    page = owner.post(f"/admin/services/edit/{service.pk}/", form, follow=True)
    assert "agreed or requested" not in said(page)


def test_a_visit_that_is_longer_than_anyones_hours_is_warned_of(
    owner: Client, service: Service, robin: Practitioner
) -> None:
    address, sent = f"/admin/services/edit/{service.pk}/", service_form(service) | {"active": "on"}
    page = owner.post(address, sent | {"duration_minutes": 720}, follow=True)
    words = f"Patients won’t find any times for “{service}”: no one’s working hours leave room."
    assert words in said(page)
    page = owner.post(address, sent | {"seen_change": "", "duration_minutes": 60}, follow=True)
    assert "won’t find any times" not in said(page)


def test_a_visit_takes_some_time(owner: Client, service: Service) -> None:
    address, sent = f"/admin/services/edit/{service.pk}/", service_form(service) | {"active": "on"}
    page = owner.post(address, sent | {"duration_minutes": 0})
    assert page.context["form"].errors == {
        "duration_minutes": ["Please enter how many minutes a visit takes, at least one."]
    }


def test_settings_that_leave_nothing_to_book_are_refused_beside_the_field(
    owner: Client, service: Service
) -> None:
    address = f"/admin/services/edit/{service.pk}/"
    sent = service_form(service) | {"active": "on", "notice_hours": 120, "horizon_days": 2}
    page = owner.post(address, sent)
    assert "no one could book" in page.context["form"].errors["notice_hours"][0]
    page = owner.post(address, sent | {"notice_hours": 48}, follow=True)
    assert "No one offers this service yet" in said(page)
