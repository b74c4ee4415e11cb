"""A practitioner's private feed: discreet, revocable, and cheap for a calendar that asks often."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar, Event

from booking.actions.answers import propose_times
from booking.actions.calendars.calendar_feeds import open_feed, revoke_feed
from booking.actions.calendars.closures import block_time
from booking.actions.visits import cancel_appointment
from booking.actions.waiting_list import join_waiting_list, offer_freed_times
from booking.models import CalendarFeed, Practitioner, Service
from clinic_site.accounts.models import User
from tests.booking.factories import at, book, make_practitioner

Detail = CalendarFeed.Detail


@pytest.fixture
def token(robin: Practitioner, staff: User) -> str:
    return open_feed(robin, detail=Detail.REFERENCE, by=staff)


def read(client: Client, token: str, **headers: str) -> Any:
    return client.get(f"/calendars/{token}.ics", headers=headers)


def entries(response: Any) -> list[Event]:
    return list(Calendar.from_ical(response.content).events)


def test_the_feed_tells_of_agreed_visits_held_times_and_blocked_ones(
    client: Client, token: str, service: Service, robin: Practitioner, staff: User
) -> None:
    visit = book(service, at(6, 10), by=staff)
    held = book(service, at(6, 14))
    block_time(robin, starts_at=at(7, 9), ends_at=at(7, 12), reason="Dentist", by=staff)
    response = read(client, token)
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    told = [(event.start, str(event["SUMMARY"]), event["STATUS"]) for event in entries(response)]
    assert told == [
        (at(6, 10), f"Motion Unlimited: {visit.reference}", "CONFIRMED"),
        (at(6, 14), f"Motion Unlimited: {held.reference}", "TENTATIVE"),
        (at(7, 9), "Busy", "CONFIRMED"),
    ]


def test_it_shows_all_that_is_held(
    client: Client, token: str, service: Service, robin: Practitioner, staff: User
) -> None:
    propose_times(book(service, at(6, 10)), [(at(7, 10), robin), (at(7, 14), robin)], by=staff)
    early, waits = (book(service, at(day, 11), by=staff) for day in (8, 12))
    join_waiting_list(waits)
    cancel_appointment(early, by=staff)
    offer_freed_times(timezone.now())
    starts = [event.start for event in entries(read(client, token))]
    # What the proposal gave back is offered to whoever waits.
    assert starts == [at(6, 10), at(7, 10), at(7, 14), at(12, 11)]


def test_it_names_nobody_and_nothing(
    client: Client, token: str, service: Service, robin: Practitioner, staff: User
) -> None:
    book(service, at(6, 10), email="jo@patient.example", note="My hip", by=staff)
    busy = open_feed(robin, by=staff)
    for feed in (token, busy):
        text = read(client, feed).content.decode()
        for word in ("Jo", "Brien", "patient.example", "555", "hip", "assessment", "ATTENDEE"):
            assert word not in text
    [event] = entries(read(client, busy))
    assert event["SUMMARY"] == "Busy"
    assert service.name not in text


def test_other_peoples_time_is_not_in_it(
    client: Client, token: str, service: Service, staff: User
) -> None:
    dana = make_practitioner("Dana Whitfield", service)
    book(service, at(6, 10), practitioner=dana, by=staff)
    assert entries(read(client, token)) == []


def test_what_is_called_off_is_gone(
    client: Client, token: str, service: Service, robin: Practitioner, staff: User
) -> None:
    cancel_appointment(book(service, at(6, 10), by=staff), by=staff)
    assert entries(read(client, token)) == []


def test_nobody_keeps_or_finds_it(client: Client, token: str) -> None:
    response = read(client, token)
    assert "no-store" in response["Cache-Control"]
    assert "private" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"
    assert not response.cookies


def test_who_asks_again_is_told_whether_anything_has_changed(
    client: Client, token: str, service: Service, staff: User
) -> None:
    visit = book(service, at(6, 10), by=staff)
    tag = read(client, token)["ETag"]
    again = read(client, token, if_none_match=tag)
    assert (again.status_code, again.content) == (304, b"")
    cancel_appointment(visit, by=staff)
    assert read(client, token, if_none_match=tag).status_code == 200


def test_unknown_and_revoked_feeds_look_alike(client: Client, token: str, staff: User) -> None:
    feed = CalendarFeed.objects.get()
    assert token not in feed.token_hash
    assert read(client, token).status_code == 200
    revoke_feed(feed, by=staff)
    revoked = read(client, token)
    unknown = read(client, "A" * len(token))
    assert revoked.status_code == unknown.status_code == 404
    assert revoked.content == unknown.content
    assert revoked.headers == unknown.headers
    assert "no-store" in unknown["Cache-Control"]
    assert read(client, feed.token_hash).status_code == 404


def test_it_can_only_be_read(client: Client, token: str) -> None:
    assert client.post(f"/calendars/{token}.ics").status_code in {403, 405}
    assert client.head(f"/calendars/{token}.ics").status_code == 200


def test_when_it_was_read_is_noted_now_and_then(
    client: Client, token: str, django_assert_num_queries: Any
) -> None:
    read(client, token)
    assert CalendarFeed.objects.get().read_at == timezone.now()
    with django_assert_num_queries(8):
        read(client, token)
