"""The same form, sent twice, again after Back, or twenty times at once: one request."""

from itertools import product
from typing import TypeVar

import pytest
from django.test import Client

from booking.actions import requests
from booking.actions.answers import confirm_appointment, decline_appointment
from booking.actions.errors import StaleAppointment
from booking.actions.visits import cancel_by_patient
from booking.models import Appointment, AppointmentEvent, Service
from clinic_site.accounts.models import User
from clinic_site.mail.models import OutgoingEmail
from tests.booking.factories import (
    IN_TWO_DAYS,
    begin,
    copies,
    filled_form,
    make_appointment,
    press_send,
    said,
    send,
    was_sent,
)
from tests.factories import make_user
from tests.threads import at_once

T = TypeVar("T")

AT_ONCE = 20


def checked(client: Client, **changes: str) -> tuple[str, dict[str, str]]:
    """Come to the check page; return the address that it is sent to, and what it sends."""
    request = begin(client, filled_form(**changes))
    seen = client.get(f"{request}check/").context["seen"]
    return f"{request}send/", {"seen": seen}


def test_twice_is_once(client: Client, service: Service) -> None:
    sending = checked(client)
    first, again = (client.post(*sending) for _time in range(2))
    assert was_sent(first)
    assert first["Location"] == again["Location"]
    assert Appointment.objects.count() == AppointmentEvent.objects.count() == 1
    assert OutgoingEmail.objects.count() == 2  # the patient's and the front desk's


def test_back_and_send_again_is_once(client: Client, service: Service) -> None:
    address, seen = checked(client)
    request = address.removesuffix("send/")
    client.post(address, seen)
    for step in ("service", "wishes", "contact", "check"):
        page = client.get(f"{request}{step}/")
        assert "You’ve already sent this booking" in said(page)
    client.post(f"{request}contact/", {"name": "Jo"})
    client.post(address, seen)
    assert Appointment.objects.count() == 1


def test_sending_again_after_the_desk_has_answered_changes_nothing(
    client: Client, service: Service
) -> None:
    sending = checked(client)
    client.post(*sending)
    appointment = Appointment.objects.get()
    confirm_appointment(appointment, starts_at=IN_TWO_DAYS, by=make_user("Front desk"))
    client.post(*sending)
    assert Appointment.objects.get().state == "confirmed"


def test_what_is_typed_after_sending_is_no_second_appointment(
    client: Client, service: Service
) -> None:
    address, seen = checked(client)
    client.post(address, seen)
    first = Appointment.objects.get()
    contact = f"{address.removesuffix('send/')}contact/"
    for posted in ((contact, {"name": "Sam Lee"}), (address, {"seen": "of other answers"})):
        answer = client.post(*posted, follow=True)
        words = said(answer)
        assert "You’ve already sent this booking" in words
        assert first.reference in words
        assert "call us" in words
        assert "/book/done/" in answer.content.decode()
    assert Appointment.objects.get() == first
    assert OutgoingEmail.objects.count() == 2


def test_what_was_not_seen_is_not_sent(client: Client, service: Service) -> None:
    """In another tab the answers were changed: the check is shown once more."""
    address, seen = checked(client)
    request = address.removesuffix("send/")
    client.post(f"{request}wishes/", {"first_day": "2027-01-06", "first_part": "any"})
    page = client.post(address, seen, follow=True)
    assert "Your answers changed after you saw them" in said(page)
    assert "Wednesday, January 6, any time" in said(page)
    assert not Appointment.objects.exists()
    assert was_sent(press_send(client, request))
    assert Appointment.objects.get().wishes[0].day.day == 6


def test_once_what_was_sent_is_canceled_its_form_is_over(client: Client, service: Service) -> None:
    address, seen = checked(client)
    client.post(address, seen)
    cancel_by_patient(Appointment.objects.get())
    page = client.post(address, seen, follow=True)
    assert page.status_code == 404
    assert "has expired" in said(page)
    assert Appointment.objects.count() == 1


def test_the_same_words_in_a_new_form_are_a_new_request(client: Client, service: Service) -> None:
    first, second = (send(client, filled_form()) for _time in range(2))
    assert first["Location"] != second["Location"]


def test_a_reference_that_is_taken_is_drawn_again(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the 256 references that two letters make, 200 are taken."""
    taken = ["".join((*letters[:4], "-", *letters[4:])) for letters in product("23", repeat=8)]
    copies(make_appointment(), taken[:200])
    monkeypatch.setattr(requests, "REFERENCE_ALPHABET", "23")
    monkeypatch.setattr(requests, "TRIES", 200)
    assert make_appointment(idempotency_key="new").reference in taken[200:]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_twenty_at_once_are_one(client: Client, service: Service) -> None:
    sending = checked(client)
    responses = at_once(lambda: Client().post(*sending))
    assert all(map(was_sent, responses))
    assert len({response["Location"] for response in responses}) == 1
    assert Appointment.objects.count() == AppointmentEvent.objects.count() == 1
    assert OutgoingEmail.objects.count() == 2


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_other_answers_at_once_from_other_networks_are_one(
    client: Client, service: Service
) -> None:
    """Twenty tabs of one request, each of which changes an answer and sends what it sees."""
    request = begin(client, filled_form())
    names = [f"Sam {number}" for number in range(AT_ONCE)]

    def change_and_send() -> None:
        browser = Client(REMOTE_ADDR=f"192.0.2.{len(names)}")
        contact = {"name": names.pop(), "email": "sam@patient.example", "new_patient": "yes"}
        browser.post(f"{request}contact/", contact)
        press_send(browser, request)

    at_once(change_and_send)
    press_send(client, request)  # in case each has seen what another changed
    assert Appointment.objects.count() == 1


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_twenty_different_at_once_are_twenty(client: Client, service: Service) -> None:
    sendings = [checked(client, email=f"jo{n}@patient.example", phone="") for n in range(AT_ONCE)]
    responses = at_once(lambda: Client().post(*sendings.pop()))
    assert all(map(was_sent, responses))
    assert Appointment.objects.count() == AT_ONCE


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_of_twenty_answers_at_once_one_counts(service: Service) -> None:
    appointment = make_appointment()
    desk = make_user("Front desk")
    OutgoingEmail.objects.all().delete()
    answers = at_once(lambda: _decline_as_seen_at_first(appointment.pk, desk))
    assert sorted(answers) == [False] * (AT_ONCE - 1) + [True]
    assert AppointmentEvent.objects.filter(to_state="declined").count() == 1
    assert OutgoingEmail.objects.count() == 1


def _decline_as_seen_at_first(pk: int, by: User) -> bool:
    seen = Appointment(pk=pk, state="requested", version=1)
    try:
        decline_appointment(seen, by=by)
    except StaleAppointment:
        return False
    return True
