"""A patient with a phone number alone has a way back: the reference and eight letters."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client

from booking.models import Appointment, ManageLink, ReturnCode, Service
from tests.booking.factories import begin, filled_form, said, send, was_sent

TRIES = 20


@pytest.fixture
def letters(client: Client, service: Service) -> str:
    """What the thank-you page of a patient without an email asks to write down."""
    page = said(send(client, filled_form(email=""), follow=True))
    found = re.search(r"Your eight letters ([B-Z]{4} [B-Z]{4}) Write both down", page)
    assert found, page
    assert "/book/find ." in page
    assert client.get("/book/find", follow=True).status_code == 200
    return found[1]


def find(client: Client, reference: str, letters: str, **more: Any) -> Any:
    typed = {"reference": reference, "letters": letters}
    return client.post("/book/find/", typed, follow=True, **more)


def opened(page: Any) -> bool:
    return str(page.wsgi_request.path).startswith("/book/mine/")


def test_the_reference_and_the_letters_lead_to_the_private_page(
    client: Client, letters: str
) -> None:
    reference = Appointment.objects.get().reference
    page = find(client, reference, letters)
    assert opened(page)
    assert "Cancel the request" in said(page)
    for typed in (letters.lower().replace(" ", ""), f" {letters[:4]}-{letters[5:]} "):
        assert opened(find(client, reference.lower().replace("-", " "), typed))


def test_only_whoever_gave_no_email_gets_letters(client: Client, service: Service) -> None:
    assert "eight letters" not in said(send(client, filled_form(), follow=True))
    assert not ReturnCode.objects.exists()


def test_the_letters_are_kept_encrypted_and_stand_in_no_address(
    client: Client, letters: str
) -> None:
    plain = letters.replace(" ", "")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM booking_returncode")
        assert plain not in str(cursor.fetchall())
    assert ReturnCode.objects.get().letters == plain
    assert plain not in str(list(Appointment.objects.values()))
    page = find(client, Appointment.objects.get().reference, letters)
    assert all(plain not in address for address, _status in page.redirect_chain)


def test_sent_twice_the_same_letters_are_shown(client: Client, service: Service) -> None:
    request = begin(client, filled_form(email=""))
    seen = {"seen": client.get(f"{request}check/").context["seen"]}
    shown = set()
    for _time in range(2):
        answer = client.post(f"{request}send/", seen)
        assert was_sent(answer)
        shown.add(said(client.get(answer["Location"])))
    assert len(shown) == 1
    assert "Your eight letters" in shown.pop()


def test_what_does_not_fit_is_told_alike_and_the_letters_are_typed_anew(
    client: Client, letters: str
) -> None:
    reference = Appointment.objects.get().reference
    told = set()
    for wrong in ((reference, "BCDFGHJK"), ("2222-2222", letters), ("ÄÖ", "é")):
        page = find(client, *wrong)
        assert not opened(page)
        assert "no-store" in page["Cache-Control"]
        told.add(said(page))
        assert letters not in page.content.decode()
    assert len(told) == 1
    assert "don’t match that reference" in told.pop()
    page = find(client, reference, "")
    assert "Please enter the eight letters" in said(page)
    assert f'value="{reference}"' in page.content.decode()
    again = client.post(page.wsgi_request.path, {"reference": reference, "letters": letters})
    assert again["Location"].startswith("/book/mine/")


def test_tries_are_limited_by_where_they_come_from(
    client: Client, letters: str, clock: time_machine.Traveller
) -> None:
    reference = Appointment.objects.get().reference
    for _try in range(TRIES):
        find(client, reference, "BCDFGHJK")
    page = find(client, reference, letters)
    assert not opened(page)
    assert "too many tries" in said(page)
    assert opened(find(client, reference, letters, REMOTE_ADDR="198.51.100.7")), (
        "nobody is kept out"
    )
    clock.shift(3600)
    assert opened(find(client, reference, letters))


def test_the_link_lasts_a_day_and_the_letters_as_long_as_a_link_would(
    client: Client, letters: str, clock: time_machine.Traveller
) -> None:
    reference = Appointment.objects.get().reference
    link = find(client, reference, letters).wsgi_request.path
    clock.shift(timedelta(days=1))
    assert client.get(link).status_code == 404
    assert opened(find(client, reference, letters))
    assert ManageLink.objects.count() == 2
    clock.shift(timedelta(days=60))
    assert not opened(find(client, reference, letters))
