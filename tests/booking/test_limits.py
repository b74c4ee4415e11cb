"""Nobody fills the calendar: so many bookings from one place, so many for one contact."""

from typing import Any

import pytest
import time_machine
from django.test import Client
from pytest_django import Settings

from booking.models import Appointment, Service
from clinic_site.http.models import RateLimitCount
from tests.booking.factories import at, book, filled_form, form_for, make_practitioner, said, typed


def send(client: Client, number: int, **more: Any) -> Any:
    contact = {"phone": "", "email": f"jo{number}@patient.example"}
    form = filled_form(client, **contact | {k: v for k, v in more.items() if k in contact})
    headers = {"X-Forwarded-For": more.get("forwarded", "")}
    address = more.get("address", "192.0.2.1")
    return client.post("/book/send/", form, headers=headers, REMOTE_ADDR=address)


@pytest.mark.slow
def test_thirty_in_ten_minutes_from_one_place_and_no_more(
    client: Client, service: Service, clock: time_machine.Traveller
) -> None:
    answers = [send(client, number, forwarded=f"198.51.100.{number}") for number in range(31)]
    assert [answer.status_code for answer in answers] == [303] * 30 + [429]
    assert Appointment.objects.count() == 30
    assert "Please call us" in said(answers[-1])
    assert "805-880-6533" in said(answers[-1])
    assert typed(answers[-1])["email"] == "jo30@patient.example"
    assert "<title>Error: " in answers[-1].content.decode()
    assert send(client, 31, address="192.0.2.2").status_code == 303
    clock.shift(600)
    assert client.post("/book/send/", typed(answers[-1])).status_code == 303


@pytest.mark.slow
def test_the_word_of_a_proxy_counts_only_behind_our_proxy(
    client: Client, service: Service, settings: Settings
) -> None:
    settings.BEHIND_PROXY, settings.PROXY_COUNT = True, 1
    for number in range(31):
        # What the sender has written stands left; what the proxy has seen, right.
        answer = send(client, number, forwarded=f"198.51.100.{number}, 203.0.113.9")
    assert answer.status_code == 429


@pytest.mark.parametrize("contact", ["phone", "email"])
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
        answer = send(client, number, address=f"192.0.2.{number}", **said_so)
        assert answer.status_code == (429 if number == 6 else 303)
    assert Appointment.objects.count() == 6
    clock.shift(86_400)
    assert send(client, 8, **said_so).status_code == 303


@pytest.mark.slow
def test_what_is_not_stored_counts_for_nothing(client: Client, service: Service) -> None:
    """Neither mistakes, nor a time that has gone, nor the same form again."""
    make_practitioner("Robin Alvarez", service)
    book(service, at(5, 10))
    for _try in range(8):
        client.post("/book/send/", filled_form(client, name=""))
        client.post("/book/send/", form_for(client, at(5, 10)))
    form = form_for(client, at(5, 14))
    for _try in range(8):
        assert client.post("/book/send/", form).status_code == 303
    assert {len(row.times) for row in RateLimitCount.objects.all()} == {1}


def test_no_address_is_kept(client: Client, service: Service) -> None:
    send(client, 1, phone="805-555-0123")
    kept = str(list(RateLimitCount.objects.values()))
    for secret in ("192.0.2", "jo1@", "5550123"):
        assert secret not in kept
