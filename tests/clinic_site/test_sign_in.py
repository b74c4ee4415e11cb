"""Passwords cannot be guessed by trying, and nobody is buried in letters."""

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone

from clinic_site.accounts.sign_in import LETTERS, PER, WRONG_FROM_ONE_PLACE
from tests.make import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("still_clock")]

RIGHT = "correct horse"


def sign_in(client: Client, password: str, **more: str) -> int:
    form = {"username": "owners", "password": password}
    status: int = client.post("/admin/login/", form, **more).status_code  # type: ignore[arg-type]
    return status


@pytest.fixture(autouse=True)
def _owner() -> None:
    make_user("Owners")


def test_the_right_password_opens_after_a_few_wrong_ones(client: Client) -> None:
    for _attempt in range(WRONG_FROM_ONE_PLACE - 1):
        assert sign_in(client, "wrong") == 200
    assert sign_in(client, RIGHT) == 302


def test_after_many_wrong_ones_the_right_one_opens_nothing_for_a_while(client: Client) -> None:
    now = timezone.now()
    for _attempt in range(WRONG_FROM_ONE_PLACE):
        sign_in(client, "wrong")
    assert sign_in(client, RIGHT) == 200
    assert (
        "wait a quarter of an hour"
        in client.post("/admin/login/", {"username": "owners", "password": RIGHT}).content.decode()
    )
    with time_machine.travel(now + 2 * PER):
        assert sign_in(client, RIGHT) == 302


def test_somebody_elsewhere_is_not_locked_out_by_it(client: Client) -> None:
    for _attempt in range(WRONG_FROM_ONE_PLACE):
        sign_in(client, "wrong", REMOTE_ADDR="203.0.113.7")
    assert sign_in(client, RIGHT, REMOTE_ADDR="198.51.100.4") == 302


def test_signing_in_often_is_no_mistake(client: Client) -> None:
    for _time in range(2 * WRONG_FROM_ONE_PLACE):
        assert sign_in(client, RIGHT) == 302
        client.logout()


def test_a_new_password_is_sent_a_few_times_an_hour(client: Client) -> None:
    for _time in range(LETTERS + 2):
        answer = client.post("/admin/password_reset/", {"email": "owners@clinic.example"})
        assert answer.status_code == 302, "the page says the same either way"
    assert len(mail.outbox) == LETTERS
