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
from clinic_site.mail.models import OutgoingMail
from tests.booking.factories import IN_TWO_DAYS, copies, filled_form, make_appointment, said
from tests.factories import make_user
from tests.threads import at_once

T = TypeVar("T")

AT_ONCE = 20


def test_twice_is_once(client: Client, service: Service) -> None:
    form = filled_form(client)
    first, again = (client.post("/book/send/", form) for _time in range(2))
    assert first["Location"] == again["Location"]
    assert Appointment.objects.count() == AppointmentEvent.objects.count() == 1
    assert OutgoingMail.objects.count() == 2  # the patient's and the front desk's


def test_back_and_send_again_is_once(client: Client, service: Service) -> None:
    form = filled_form(client)
    client.post("/book/send/", form)
    client.post("/book/", form)
    client.post("/book/check/", form)
    client.post("/book/send/", form)
    assert Appointment.objects.count() == 1


def test_sending_again_after_the_desk_has_answered_changes_nothing(
    client: Client, service: Service
) -> None:
    form = filled_form(client)
    client.post("/book/send/", form)
    appointment = Appointment.objects.get()
    confirm_appointment(appointment, starts_at=IN_TWO_DAYS, by=make_user("Front desk"))
    client.post("/book/send/", form)
    assert Appointment.objects.get().state == "confirmed"


@pytest.mark.parametrize("page", ["send", "check"])
def test_the_same_form_with_other_answers_is_no_second_appointment(
    client: Client, service: Service, page: str
) -> None:
    form = filled_form(client)
    client.post("/book/send/", form)
    first = Appointment.objects.get()
    answer = client.post(f"/book/{page}/", form | {"name": "Sam Lee", "first_part": "afternoon"})
    words = said(answer)
    assert "You have sent this booking already" in words
    assert first.reference in words
    assert "call us" in words
    assert "/book/done/" in answer.content.decode()
    assert Appointment.objects.get() == first
    assert OutgoingMail.objects.count() == 2


def test_after_what_was_sent_is_canceled_the_form_may_be_sent_otherwise(
    client: Client, service: Service
) -> None:
    form = filled_form(client)
    client.post("/book/send/", form)
    cancel_by_patient(Appointment.objects.get())
    assert client.post("/book/send/", form | {"first_part": "afternoon"}).status_code == 303
    assert Appointment.objects.count() == 2


def test_the_same_words_in_a_new_form_are_a_new_request(client: Client, service: Service) -> None:
    first = client.post("/book/send/", filled_form(client))
    second = client.post("/book/send/", filled_form(client))
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
    form = filled_form(client)
    responses = at_once(lambda: Client().post("/book/send/", form))
    assert {response.status_code for response in responses} == {303}
    assert len({response["Location"] for response in responses}) == 1
    assert Appointment.objects.count() == AppointmentEvent.objects.count() == 1
    assert OutgoingMail.objects.count() == 2


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_other_answers_at_once_from_other_networks_are_one(
    client: Client, service: Service
) -> None:
    form = filled_form(client)
    forms = [
        form | {"name": f"Sam {number}", "email": f"sam{number}@patient.example", "phone": ""}
        for number in range(AT_ONCE)
    ]

    def send() -> int:
        sent = forms.pop()
        answer = Client(REMOTE_ADDR=f"192.0.2.{len(forms)}").post("/book/send/", sent)
        return answer.status_code

    assert at_once(send).count(303) == 1
    assert Appointment.objects.count() == 1


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_twenty_different_at_once_are_twenty(client: Client, service: Service) -> None:
    forms = [filled_form(client, email=f"jo{n}@patient.example", phone="") for n in range(AT_ONCE)]
    responses = at_once(lambda: Client().post("/book/send/", forms.pop()))
    assert {response.status_code for response in responses} == {303}
    assert Appointment.objects.count() == AT_ONCE


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_of_twenty_answers_at_once_one_counts(service: Service) -> None:
    appointment = make_appointment()
    desk = make_user("Front desk")
    OutgoingMail.objects.all().delete()
    answers = at_once(lambda: _decline_as_seen_at_first(appointment.pk, desk))
    assert sorted(answers) == [False] * (AT_ONCE - 1) + [True]
    assert AppointmentEvent.objects.filter(to_state="declined").count() == 1
    assert OutgoingMail.objects.count() == 1


def _decline_as_seen_at_first(pk: int, by: User) -> bool:
    seen = Appointment(pk=pk, state="requested", version=1)
    try:
        decline_appointment(seen, by=by)
    except StaleAppointment:
        return False
    return True
