"""A patient who was invited chooses the times of a course, once, by a private link."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from booking.actions.courses.booking import WantedVisit
from booking.actions.courses.invitations import (
    book_invited,
    find_course,
    send_invitation,
    withdraw_invitation,
)
from booking.actions.errors import AlreadyBooked
from booking.formatting import instant
from booking.models import Appointment, Course, Practitioner, Service
from clinic_site.accounts.models import User
from clinic_site.mail.models import OutgoingEmail
from tests.booking.courses.factories import JO, WEDNESDAYS, invite, link
from tests.booking.factories import at, book, make_practitioner, said
from tests.booking.test_races import assert_nothing_overlaps, outcomes
from tests.outbox import emails_about
from tests.threads import all_at_once


@pytest.fixture
def invited(service: Service, robin: Practitioner, staff: User) -> Course:
    return invite(service, robin, staff)


def chosen_on(page: Any) -> dict[str, str]:
    """What the form on a page sends if nothing is changed on it."""
    form = BeautifulSoup(page.content, "html.parser").select_one("form[method=post]")
    assert form
    hidden = {field["name"]: field["value"] for field in form.select("input[type=hidden]")}
    chosen = {
        field["name"]: (field.select_one("[selected]") or field.select("option")[0])["value"]
        for field in form.select("select")
    }
    return {str(name): str(value) for name, value in (hidden | chosen).items()}


def test_the_email_brings_a_link_that_asks_for_the_first_time(
    invited: Course, client: Client
) -> None:
    email = OutgoingEmail.objects.get()
    assert email.to == JO
    assert invited.reference in email.subject
    page = client.get(link())
    assert "When would you like to start?" in said(page)
    assert "no-store" in page["Cache-Control"]
    assert page["Referrer-Policy"] == "strict-origin"
    assert not client.cookies


def test_the_times_are_proposed_changed_and_booked_all_at_once(
    invited: Course, client: Client, robin: Practitioner
) -> None:
    here = link()
    page = client.get(here, {"starts_at": instant(WEDNESDAYS[0])})
    form = chosen_on(page)
    assert [form[f"visit-{n}"] for n in (1, 2, 3)] == [instant(time) for time in WEDNESDAYS[:3]]
    answer = client.post(here, form | {"visit-2": instant(at(13, 14))})
    assert (answer.status_code, answer["Location"]) == (303, here)
    visits = invited.appointments.order_by("starts_at")
    assert [visit.starts_at for visit in visits] == [WEDNESDAYS[0], at(13, 14), WEDNESDAYS[2]]
    assert {(visit.patient, visit.practitioner, visit.state) for visit in visits} == {
        (invited.patient, robin, "confirmed")
    }
    booked = client.get(here)
    assert "Your visits are booked" in said(booked)
    assert "Jo" not in said(booked)
    assert emails_about("are booked").count() == 1
    file = client.get(f"{here}calendar/")
    assert file.content.count(b"BEGIN:VEVENT") == 3


def test_the_link_books_once_and_going_back_shows_what_is_booked(
    invited: Course, client: Client
) -> None:
    here = link()
    form = chosen_on(client.get(here, {"starts_at": instant(WEDNESDAYS[0])}))
    client.post(here, form)
    later = {f"visit-{n}": instant(WEDNESDAYS[n] + timedelta(hours=2)) for n in (1, 2, 3)}
    assert client.post(here, form | later).status_code == 303
    assert Appointment.objects.count() == 3
    assert "Your visits are booked" in said(client.get(here, {"starts_at": instant(WEDNESDAYS[0])}))


def test_what_is_lost_meanwhile_books_nothing_and_keeps_the_rest(
    invited: Course, client: Client, service: Service, robin: Practitioner
) -> None:
    here = link()
    form = chosen_on(client.get(here, {"starts_at": instant(WEDNESDAYS[0])}))
    form["visit-3"] = instant(at(20, 14))
    book(service, WEDNESDAYS[1], practitioner=robin, name="Lee Wong", phone="+18055550199")
    answer = client.post(here, form)
    page = client.get(answer["Location"].split("#")[0])
    assert "no longer open" in said(page)
    assert page.content.decode().count("<title>Error: ") == 1
    assert chosen_on(page)["visit-2"] == instant(at(13, 9))
    assert chosen_on(page)["visit-3"] == instant(at(20, 14))
    assert not invited.appointments.exists()
    client.post(here, chosen_on(page))
    assert invited.appointments.count() == 3


@pytest.mark.parametrize(
    "changes",
    [
        {"visit-2": ""},
        {"visit-2": "nonsense"},
        {"visit-2": "2027-13-45T99:99Z"},
        {"practitioner": "999999"},
        {"practitioner": "²"},
        {"visit-2": "2027-01-16T18:00Z"},  # a Saturday
        {"visit-2": "2020-01-16T18:00Z"},
        {"visit-2": instant(WEDNESDAYS[0])},
        {"starts_at": "x" * 500},
    ],
)
def test_what_nobody_was_offered_is_not_booked(
    invited: Course, client: Client, changes: dict[str, str]
) -> None:
    here = link()
    form = chosen_on(client.get(here, {"starts_at": instant(WEDNESDAYS[0])}))
    answer = client.post(here, form | changes)
    assert answer.status_code == 303
    assert client.get(answer["Location"].split("#")[0]).status_code == 200
    if "starts_at" not in changes:
        assert not invited.appointments.exists()


def test_notice_binds_whom_the_desk_has_invited_and_the_horizon_does_not(
    invited: Course, service: Service, client: Client
) -> None:
    service.notice_hours, service.horizon_days = 48, 7
    service.save()
    here = link()
    form = chosen_on(client.get(here, {"starts_at": instant(WEDNESDAYS[0])}))
    client.post(here, form | {"visit-1": instant(at(5, 9))})
    assert not invited.appointments.exists()
    client.post(here, form)
    assert invited.appointments.count() == 3


def test_a_link_ends_after_a_week_is_replaced_and_withdrawn(
    invited: Course, client: Client, clock: time_machine.Traveller
) -> None:
    first = link()
    send_invitation(invited)
    second = link()
    assert client.get(first).status_code == 404
    assert client.get(second).status_code == 200
    withdraw_invitation(invited)
    assert client.get(second).status_code == 404
    send_invitation(invited)
    third = link()
    clock.shift(timedelta(days=7))
    assert client.get(third).status_code == 404
    ended = client.post(third, {}, follow=True)
    assert ended.status_code == 404
    assert "Nothing was booked" in said(ended)
    assert client.get("/book/course/nonsense/").status_code == 404
    assert client.get(f"{third}calendar/").status_code == 404


def test_a_form_of_another_site_books_nothing(invited: Course, client: Client) -> None:
    here = link()
    form = chosen_on(client.get(here, {"starts_at": instant(WEDNESDAYS[0])}))
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(here, form, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert not invited.appointments.exists()


def test_if_the_practitioner_has_left_somebody_else_is_proposed(
    invited: Course, client: Client, service: Service, robin: Practitioner
) -> None:
    dana = make_practitioner("Dana Whitfield", service)
    Practitioner.objects.filter(pk=robin.pk).update(active=False)
    here = link()
    page = client.get(here, {"starts_at": instant(WEDNESDAYS[0])})
    assert "with Dana Whitfield" in said(page)
    client.post(here, chosen_on(page))
    assert set(invited.appointments.values_list("practitioner", flat=True)) == {dana.pk}


def test_if_the_times_go_and_somebody_else_is_proposed_the_page_says_who(
    service: Service, robin: Practitioner, staff: User, client: Client
) -> None:
    dana = make_practitioner("Dana Whitfield", service)
    course = invite(service, None, staff)
    here = link()
    page = client.get(here, {"starts_at": instant(WEDNESDAYS[0])})
    first, other = (dana, robin) if page.context["person"] == dana else (robin, dana)
    for time in WEDNESDAYS[:3]:
        book(service, time, practitioner=first, name="Lee Wong", phone="+18055550199")
    answer = client.post(here, chosen_on(page))
    page = client.get(answer["Location"].split("#")[0])
    assert f"All visits are now with {other}." in said(page)
    assert not course.appointments.exists()
    client.post(here, chosen_on(page))
    assert set(course.appointments.values_list("practitioner", flat=True)) == {other.pk}


def test_if_the_times_go_and_the_practitioner_stays_nobody_else_is_named(
    invited: Course, service: Service, robin: Practitioner, client: Client
) -> None:
    here = link()
    form = chosen_on(client.get(here, {"starts_at": instant(WEDNESDAYS[0])}))
    book(service, WEDNESDAYS[1], practitioner=robin, name="Lee Wong", phone="+18055550199")
    page = client.get(client.post(here, form)["Location"].split("#")[0])
    assert "no longer open" in said(page)
    assert "are now with" not in said(page)


def test_without_anybody_the_page_says_to_call(
    invited: Course, client: Client, robin: Practitioner
) -> None:
    Practitioner.objects.filter(pk=robin.pk).update(active=False)
    for query in ({}, {"starts_at": instant(WEDNESDAYS[0])}, {"week": "2027-01-11"}):
        page = client.get(link(), query)
        assert page.status_code == 200
        assert "call" in said(page).lower()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_of_twenty_who_press_at_once_one_books(
    service: Service, robin: Practitioner, staff: User
) -> None:
    course = invite(service, robin, staff)
    here = link()
    seen = [find_course(here.split("/")[3], now=timezone.now()) for _each in range(20)]
    results = all_at_once(
        partial(
            book_invited,
            each,
            [WantedVisit(time + timedelta(hours=n % 2), robin) for time in WEDNESDAYS[:3]],
        )
        for n, each in enumerate(seen)
        if each
    )
    assert outcomes(results) == {"Course": 1, AlreadyBooked.__name__: 19}
    assert course.appointments.count() == 3
    assert_nothing_overlaps()
