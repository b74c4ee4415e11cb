"""Nobody fills the calendar: so many bookings from one place, so many for one contact."""

from typing import Any

import pytest
import time_machine
from django.test import Client
from pytest_django import Settings

from booking.models import Appointment, BookingDraft, Service
from clinic_site.http.models import RateLimitCount
from tests.booking.factories import (
    at,
    begin,
    book,
    filled_form,
    form_for,
    make_practitioner,
    press_send,
    request_of,
    said,
    send,
    was_sent,
)


def send_one(client: Client, number: int, **more: Any) -> Any:
    contact = {"phone": "", "email": f"jo{number}@patient.example"}
    form = filled_form(**contact | {k: v for k, v in more.items() if k in contact})
    headers = {"X-Forwarded-For": more.get("forwarded", "")}
    address = more.get("address", "192.0.2.1")
    return send(client, form, headers=headers, REMOTE_ADDR=address)


@pytest.mark.slow
def test_thirty_in_ten_minutes_from_one_place_and_no_more(
    client: Client, service: Service, clock: time_machine.Traveller
) -> None:
    answers = [send_one(client, number, forwarded=f"198.51.100.{number}") for number in range(31)]
    assert [was_sent(answer) for answer in answers] == [True] * 30 + [False]
    assert Appointment.objects.count() == 30
    page = client.get(answers[-1]["Location"])
    assert "Please call us" in said(page)
    assert "805-880-6533" in said(page)
    assert "jo30@patient.example" in said(page)
    assert "<title>Error: " in page.content.decode()
    assert was_sent(send_one(client, 31, address="192.0.2.2"))
    clock.shift(600)
    assert was_sent(press_send(client, request_of(answers[-1])))


@pytest.mark.slow
def test_the_word_of_a_proxy_counts_only_behind_our_proxy(
    client: Client, service: Service, settings: Settings
) -> None:
    settings.BEHIND_PROXY, settings.PROXY_COUNT = True, 1
    for number in range(31):
        # What the sender has written stands left; what the proxy has seen, right.
        answer = send_one(client, number, forwarded=f"198.51.100.{number}, 203.0.113.9")
    assert not was_sent(answer)


@pytest.mark.parametrize("contact", ["phone", "email"])
@pytest.mark.slow
def test_six_in_a_day_for_one_contact_and_no_more(
    client: Client, service: Service, clock: time_machine.Traveller, contact: str
) -> None:
    ways = {
        "phone": ["805-555-0123", "(805) 555 0123", "+1 805 555 0123"],
        "email": ["ada@patient.example", "ADA@patient.example", "Ada@Patient.Example"],
    }
    for number in range(7):
        clock.shift(600)
        said_so = {contact: ways[contact][number % 3]}
        answer = send_one(client, number, address=f"192.0.2.{number}", **said_so)
        assert was_sent(answer) == (number < 6)
    assert Appointment.objects.count() == 6
    clock.shift(86_400)
    assert was_sent(send_one(client, 8, **said_so))


@pytest.mark.slow
def test_what_is_not_stored_counts_for_nothing(client: Client, service: Service) -> None:
    """Neither mistakes, nor a time that has gone, nor the same form again."""
    make_practitioner("Robin Alvarez", service)
    book(service, at(5, 10))
    for _try in range(8):
        send(client, filled_form(name=""))
        send(client, form_for(at(5, 10)))
    request = begin(client, form_for(at(5, 14)))
    seen = client.get(f"{request}check/").context["seen"]
    for _try in range(8):
        assert was_sent(client.post(f"{request}send/", {"seen": seen}))
    counts = RateLimitCount.objects.exclude(scope="drafts")
    assert {len(row.times) for row in counts} == {1}


def test_no_address_is_kept(client: Client, service: Service) -> None:
    send_one(client, 1, phone="805-555-0123")
    kept = str(list(RateLimitCount.objects.values()))
    for secret in ("192.0.2", "jo1@", "5550123"):
        assert secret not in kept


@pytest.mark.slow
def test_nobody_fills_the_database_with_what_is_never_sent(
    client: Client, service: Service, clock: time_machine.Traveller
) -> None:
    def begin_one() -> int:
        return client.post("/book/", {"service": service.pk}).status_code

    assert {begin_one() for _time in range(120)} == {303}
    refused = client.post("/book/", {"service": service.pk})
    assert refused.status_code == 429
    assert "805-880-6533" in said(refused)
    assert BookingDraft.objects.count() == 120
    clock.shift(600)
    assert begin_one() == 303
