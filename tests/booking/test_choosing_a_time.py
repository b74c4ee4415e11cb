"""Patients choose a time of those that are free, and no other is taken from them."""

import re
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.test import Client

from booking.models import Appointment, BookingDraft, Claim, Practitioner, Service
from booking.public.in_progress import InProgress
from clinic_site.clinic.models import Closure
from clinic_site.clinic.models.locations import Location
from tests.booking.factories import (
    at,
    begin,
    book,
    errors_by_field,
    filled_form,
    form_for,
    make_practitioner,
    make_service,
    press_send,
    said,
    see,
    send,
    typed,
    was_sent,
)
from tests.outbox import emails_to
from tests.threads import all_at_once

MANY = 20
TEN = at(5, 10)


def chips(page: Any, part: str = ".times-week") -> list[str]:
    """The times that can be pressed, as they are sent."""
    soup = BeautifulSoup(page.content, "html.parser")
    return [chip["value"] for chip in soup.select(f"{part} .chip")]


def times(client: Client, service: Service, **query: str) -> Any:
    request = begin(client, {"service": str(service.pk)})
    return client.get(f"{request}time/", query)


def refused(client: Client, starts_at: str) -> Any:
    """Send the form with a time; return the page that asks for another, all else being kept."""
    form = filled_form(starts_at=starts_at)
    request = begin(client, form)
    page = press_send(client, request, follow=True)
    assert page.status_code == 200
    assert page.templates[0].name == "booking/time.html"
    assert "<title>Error: " in page.content.decode()
    kept = InProgress.of(BookingDraft.objects.latest("pk")).answers
    for name in ("name", "phone", "email", "note", "service"):
        assert kept[name] == form[name]
    return page


def test_a_free_time_that_a_patient_chooses_is_held_for_them(
    client: Client, service: Service, robin: Practitioner
) -> None:
    page = times(client, service)
    assert chips(page)[:2] == ["2027-01-05T17:00Z", "2027-01-05T17:15Z"]
    assert "9:00 AM , Tuesday, January 5" in said(page)
    assert "All times are Santa Barbara time (PST)." in said(page)
    response = send(client, form_for(TEN))
    assert response.status_code == 303
    appointment = Appointment.objects.get()
    assert (appointment.starts_at, appointment.practitioner) == (TEN, robin)
    assert appointment.state == "requested"
    assert Claim.objects.count() == 12


def test_at_once_is_confirmed_at_once(
    client: Client, service: Service, robin: Practitioner
) -> None:
    Service.objects.update(mode=Service.Mode.AT_ONCE)
    page = see(client, form_for(TEN))
    assert "The time is yours as soon as you book it." in said(page)
    send(client, form_for(TEN))
    assert Appointment.objects.get().state == "confirmed"


def test_only_free_times_are_shown(client: Client, service: Service, robin: Practitioner) -> None:
    book(service, TEN)
    shown = chips(times(client, service))
    assert "2027-01-05T17:00Z" in shown
    assert not {f"2027-01-05T{hour}:00Z" for hour in (18,)} & set(shown)
    assert "2027-01-05T19:00Z" in shown


def test_a_week_is_read_by_days_and_parts_of_the_day(
    client: Client, service: Service, robin: Practitioner
) -> None:
    robin.weekly_hours.filter(weekday=1).update(begins=time(9), ends=time(19))
    words = said(times(client, service))
    assert "January 4 to January 10" in words
    assert "Tuesday, January 5 37 times Morning 9:00 AM" in words
    assert "Afternoon 12:00 PM" in words
    assert "Evening 5:00 PM" in words
    assert "Saturday, January 9" not in words


def test_weeks_lead_on_and_back_within_what_can_be_booked(
    client: Client, service: Service, robin: Practitioner
) -> None:
    def weeks(page: Any) -> list[str]:
        soup = BeautifulSoup(page.content, "html.parser")
        links = [str(link["href"]) for link in soup.select(".week-buttons a[href*=week]")]
        return re.findall(r"week=([0-9-]+)#week", " ".join(links))

    assert weeks(times(client, service)) == ["2027-01-11"]
    page = times(client, service, week="2027-01-13")
    assert weeks(page) == ["2027-01-04", "2027-01-18"]
    assert (chips(page)[0], chips(page)[-1]) == ("2027-01-11T17:00Z", "2027-01-16T00:00Z")
    assert weeks(times(client, service, week="2031-01-01")) == ["2027-02-22"]
    assert weeks(times(client, service, week="1999-01-01")) == ["2027-01-11"]
    assert chips(times(client, service, week="nonsense"))


def test_no_week_is_offered_in_which_nothing_can_be_free_any_more(
    client: Client, service: Service, robin: Practitioner, clock: time_machine.Traveller
) -> None:
    """On a Sunday the week of today is over; the first time is in the next one."""
    clock.move_to(at(10, 15))
    page = times(client, service)
    assert "January 11 to January 17" in said(page)
    assert "Previous week" not in said(page)
    assert "Previous week" not in said(times(client, service, week="2027-01-11"))
    assert "Previous week" in said(times(client, service, week="2027-01-18"))


def test_no_time_stands_in_two_lists(client: Client, service: Service, robin: Practitioner) -> None:
    book(service, TEN)
    for page in (times(client, service), refused(client, "2027-01-05T18:00Z")):
        shown = chips(page, "")
        assert len(shown) == len(set(shown)) > 10


def test_each_time_says_its_day_and_another_week_says_which(
    client: Client, service: Service, robin: Practitioner
) -> None:
    """Whoever hears the page goes from button to button, or from title to heading."""
    page = times(client, service, week="2027-01-13")
    soup = BeautifulSoup(page.content, "html.parser")
    names = [" ".join(chip.get_text().split()) for chip in soup.select(".times-week .chip")]
    assert names[0] == "9:00 AM, Monday, January 11"
    assert len(names) == len(set(names))
    assert soup.select_one(".day")["aria-label"] == "Monday, January 11"
    assert soup.title.get_text().startswith("January 11 to January 17 – When would you like")
    for link in soup.select(".week-buttons a"):
        assert link["href"].endswith("#week")
    assert soup.select_one("h2#week[tabindex='-1']").get_text() == "January 11 to January 17"


def test_another_week_keeps_what_was_typed(
    client: Client, service: Service, robin: Practitioner
) -> None:
    request = begin(client, form_for(TEN))
    client.get(f"{request}time/?week=2027-01-11")
    assert typed(client.get(f"{request}contact/"))["name"] == "Jo O’Brien"


def test_a_chosen_time_is_marked_in_its_week(
    client: Client, service: Service, robin: Practitioner
) -> None:
    page = see(client, form_for(at(13, 10)), "time")
    assert "January 11 to January 17" in said(page)
    assert "10:00 AM , Wednesday, January 13 (chosen)" in said(page)


def test_who_offers_nothing_says_so_and_asks_for_wishes(
    client: Client, service: Service, robin: Practitioner
) -> None:
    robin.weekly_hours.all().delete()
    words = said(times(client, service))
    assert "Nothing is open here through" in words
    assert "Tell us what works for you" in words


def test_in_the_week_the_clocks_change_both_names_are_given(
    client: Client, service: Service, robin: Practitioner, clock: time_machine.Traveller
) -> None:
    clock.move_to(datetime(2027, 3, 10, 17, tzinfo=at(5, 10).tzinfo))
    robin.weekly_hours.create(
        location=Location.objects.get(), weekday=6, begins=time(1), ends=time(5)
    )
    page = times(client, service, week="2027-03-08")
    assert "(PST, PDT)" in said(page)
    # Of the night that skips an hour, 1:00 is followed by 3:00.
    sunday = [chip for chip in chips(page) if chip.startswith("2027-03-14")]
    assert sunday[:5] == [
        f"2027-03-14T{hour}Z" for hour in ("09:00", "09:15", "09:30", "09:45", "10:00")
    ]


def test_an_hour_that_comes_twice_is_offered_once(
    client: Client, service: Service, robin: Practitioner, clock: time_machine.Traveller
) -> None:
    clock.move_to(datetime(2026, 10, 28, 17, tzinfo=at(5, 10).tzinfo))
    robin.weekly_hours.create(
        location=Location.objects.get(), weekday=6, begins=time(0), ends=time(5)
    )
    shown = chips(times(client, service, week="2026-10-26"))
    assert "2026-11-01T08:30Z" in shown  # 1:30, the first time
    assert "2026-11-01T09:30Z" not in shown
    refused(client, "2026-11-01T09:30Z")
    assert not Appointment.objects.exists()


@pytest.mark.parametrize(
    "starts_at",
    [
        "2027-01-04T16:00Z",  # past
        "2027-01-04T18:00Z",  # sooner than the notice
        "2027-01-05T18:07Z",  # off the grid
        "2027-01-05T16:00Z",  # before hours
        "2027-01-06T00:30Z",  # not over at closing time
        "2027-01-09T18:00Z",  # a day without hours
        "2027-03-06T18:00Z",  # beyond the horizon
        "2099-01-05T18:00Z",
        "2000-01-01T00:00Z",
        "2027-01-08T18:00Z",  # a closed day
        "2027-01-05T18:00",  # whose clock?
        "2027-01-05T10:00-08:00",
        "2027-02-30T18:00Z",
        "2027-01-05T25:00Z",
        "٢٠٢٧-01-05T18:00Z",
        "9999-12-31T23:59Z",
        "soon",
        "1\x00",
        "' OR 1=1",
    ],
)
def test_a_time_that_is_not_offered_is_asked_for_again(
    client: Client, service: Service, robin: Practitioner, starts_at: str
) -> None:
    Closure.objects.create(first_day=date(2027, 1, 8), last_day=date(2027, 1, 8))
    page = refused(client, starts_at)
    assert list(errors_by_field(page)) == ["starts_at"]
    assert chips(page)
    assert not Appointment.objects.exists()


def test_a_foreign_person_cannot_be_booked(
    client: Client, service: Service, robin: Practitioner
) -> None:
    """Not for a service that is not theirs, nor once they have left."""
    stranger = make_practitioner("Sam Lee", make_service("Massage"))
    gone = make_practitioner("Kim Roe", service, active=False)
    for practitioner in (stranger.pk, gone.pk, 99999, "x", "\x00"):
        page = send(client, form_for(TEN, practitioner=str(practitioner)), follow=True)
        assert page.templates[0].name == "booking/practitioner.html"
        assert list(errors_by_field(page)) == ["practitioner"]
    assert not Appointment.objects.exists()


def test_a_hidden_service_or_one_by_phone_cannot_be_booked(
    client: Client, service: Service, robin: Practitioner
) -> None:
    make_service("Another")
    form = form_for(TEN)
    for change in ({"active": False}, {"active": True, "mode": Service.Mode.BY_PHONE}):
        Service.objects.filter(pk=service.pk).update(**change)
        page = send(client, form, follow=True)
        assert page.templates[0].name == "booking/start.html"
        assert "can’t be booked online" in errors_by_field(page)["service"][0]
    assert not Appointment.objects.exists()


def test_if_the_time_went_while_they_typed_the_nearest_are_named(
    client: Client, service: Service, robin: Practitioner
) -> None:
    book(service, TEN)
    page = refused(client, "2027-01-05T18:00Z")
    assert "no longer open" in errors_by_field(page)["starts_at"][0]
    assert "The closest open times" in said(page)
    assert "2027-01-05T19:00Z" in chips(page, ".times-nearest")
    again = filled_form(starts_at="2027-01-05T19:00Z")
    assert was_sent(send(client, again))


def test_a_time_that_went_is_told_before_everything_is_typed(
    client: Client, service: Service, robin: Practitioner
) -> None:
    request = begin(client, form_for(TEN))
    book(service, TEN)
    for step in ("contact", "check"):
        page = client.get(f"{request}{step}/", follow=True)
        assert page.templates[0].name == "booking/time.html"
        assert list(errors_by_field(page)) == ["starts_at"]


def test_of_two_tabs_the_second_is_told(
    client: Client, service: Service, robin: Practitioner
) -> None:
    first, second = (begin(client, form_for(TEN)) for _tab in range(2))
    seen = client.get(f"{second}check/").context["seen"]
    assert was_sent(press_send(client, first))
    page = client.post(f"{second}send/", {"seen": seen}, follow=True)
    assert page.templates[0].name == "booking/time.html"
    assert Appointment.objects.count() == 1


def test_whoever_comes_back_to_what_was_sent_is_led_on(
    client: Client, service: Service, robin: Practitioner
) -> None:
    """The own time is not called taken: not on a reload, not after Back, not sent again."""
    request = begin(client, form_for(TEN))
    seen = client.get(f"{request}check/").context["seen"]
    sent = [client.post(f"{request}send/", {"seen": seen}) for _time in range(2)]
    assert sent[0]["Location"] == sent[1]["Location"]
    page = client.get(f"{request}check/")
    assert "no longer open" not in said(page)
    assert f'href="{sent[0]["Location"]}"' in page.content.decode()
    assert Appointment.objects.count() == 1
    assert emails_to("jo@patient.example").count() == 1


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_of_twenty_posts_for_one_time_one_is_stored(
    client: Client, service: Service, robin: Practitioner
) -> None:
    requests = {}
    for n in range(MANY):
        form = form_for(TEN, name=f"Visitor {n}", phone="", email=f"v{n}@x.example")
        request = begin(client, form)
        requests[request] = client.get(f"{request}check/").context["seen"]
    answers: list[Any] = all_at_once(
        partial(Client().post, f"{request}send/", {"seen": seen})
        for request, seen in requests.items()
    )
    assert sorted(map(was_sent, answers)) == [False] * (MANY - 1) + [True]
    assert Appointment.objects.count() == 1
    assert Claim.objects.count() == 12
    for n, (request, answer) in enumerate(zip(requests, answers, strict=True)):
        if not was_sent(answer):
            page = client.get(answer["Location"], follow=True)
            assert "no longer open" in said(page)
            assert "2027-01-05T19:00Z" in chips(page, ".times-nearest")
            client.post(f"{request}time/", {"starts_at": "2027-01-05T19:00Z"})
            assert f"Visitor {n} " in said(client.get(f"{request}check/"))


def test_the_same_times_are_offered_to_the_second(
    client: Client, service: Service, robin: Practitioner, clock: time_machine.Traveller
) -> None:
    """A day's notice ends on the second."""
    clock.move_to(TEN - timedelta(days=1))
    assert "2027-01-05T18:00Z" in chips(times(client, service))
    clock.shift(timedelta(seconds=1))
    assert "2027-01-05T18:00Z" not in chips(times(client, service))
    refused(client, "2027-01-05T18:00Z")
