"""Who signed in is signed out after doing nothing for a while, and at the end of a long day."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from pytest_django import Settings

from tests.factories import make_article, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("still_clock")]

MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)
BY_ITSELF = {"sec-fetch-mode": "cors", "sec-fetch-dest": "empty"}
BY_A_PERSON = {"sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}
TIME = "/admin/session/"


@pytest.fixture
def staff(client: Client, settings: Settings) -> Client:
    settings.SESSION_IDLE_MINUTES, settings.SESSION_HOURS = 30, 12
    make_user("Owners")
    form = {"username": "owners", "password": "correct horse"}
    assert client.post("/admin/login/", form).status_code == 302
    return client


def is_in(client: Client) -> bool:
    """Ask in a way that is no activity."""
    return bool(client.get(TIME).json()["signed_in"])


def test_nothing_done_for_half_an_hour_is_the_end(
    staff: Client, still_clock: time_machine.Traveller
) -> None:
    still_clock.shift(30 * MINUTE - SECOND)
    assert is_in(staff)
    still_clock.shift(SECOND)
    assert staff.get("/admin/").status_code == 302
    assert not is_in(staff)


@pytest.mark.slow
def test_whoever_does_something_stays_until_the_end_of_the_day(
    staff: Client, still_clock: time_machine.Traveller
) -> None:
    for _time in range(12 * 60 // 20 - 1):
        still_clock.shift(20 * MINUTE)
        assert staff.get("/admin/", headers=BY_A_PERSON).status_code == 200
    still_clock.shift(20 * MINUTE - SECOND)
    answer = staff.post(TIME).json()
    assert (answer["seconds"], answer["can_stay"], answer["warning"]) == (1, False, 120)
    still_clock.shift(SECOND)
    assert not is_in(staff)


@pytest.mark.parametrize(
    ("address", "headers"),
    [
        ("/admin/", BY_ITSELF),
        ("/admin/", {"sec-fetch-mode": "navigate", "sec-fetch-dest": "iframe"}),
        ("/admin/", {"x-requested-with": "XMLHttpRequest"}),
        ("/admin/", {"accept": "application/json"}),
        (TIME, {}),
        (TIME, BY_A_PERSON),
    ],
)
def test_what_a_screen_does_by_itself_keeps_nobody_in(
    staff: Client,
    still_clock: time_machine.Traveller,
    address: str,
    headers: dict[str, str],
) -> None:
    for _time in range(5):
        still_clock.shift(5 * MINUTE)
        staff.get(address, headers=headers)
    still_clock.shift(5 * MINUTE)
    assert not is_in(staff)


def test_an_article_that_saves_itself_keeps_nobody_in(
    staff: Client, still_clock: time_machine.Traveller
) -> None:
    address = f"/admin/pages/{make_article().pk}/edit/"
    staff.raise_request_exception = False  # whatever the editor makes of an empty form
    for _time in range(2):
        still_clock.shift(14 * MINUTE)
        staff.post(address, {}, headers=BY_ITSELF | {"accept": "application/json"})
    still_clock.shift(2 * MINUTE)
    assert not is_in(staff)


def test_the_button_keeps_somebody_in(staff: Client, still_clock: time_machine.Traveller) -> None:
    still_clock.shift(29 * MINUTE)
    assert staff.get(TIME).json()["seconds"] == 60
    assert staff.post(TIME, headers=BY_ITSELF).json()["seconds"] == 1800
    still_clock.shift(29 * MINUTE)
    assert is_in(staff)


def test_the_button_needs_the_token(settings: Settings, careful_client: Client) -> None:
    careful_client.force_login(make_user("Owners"))
    assert careful_client.post(TIME).status_code == 403


def test_a_private_page_is_closed_too(staff: Client, still_clock: time_machine.Traveller) -> None:
    article = make_article()
    article.view_restrictions.create(restriction_type="login")
    address = article.get_url()
    assert staff.get(address).status_code == 200
    still_clock.shift(30 * MINUTE)
    assert staff.get(address).status_code == 302


def test_a_session_that_was_taken_ends_with_it(
    staff: Client, still_clock: time_machine.Traveller, settings: Settings
) -> None:
    stolen = staff.cookies[settings.SESSION_COOKIE_NAME].value
    still_clock.shift(30 * MINUTE)
    staff.get("/admin/")
    staff.post("/admin/login/", {"username": "owners", "password": "correct horse"})
    other = Client()
    other.cookies[settings.SESSION_COOKIE_NAME] = stolen
    assert not is_in(other)


def test_nobody_is_told_of_no_session(client: Client) -> None:
    answer: Any = client.get(TIME)
    assert answer.json() == {"signed_in": False}
    assert "no-store" in answer["Cache-Control"]


def test_there_is_nothing_to_remember_somebody_by(staff: Client) -> None:
    assert "Remember me" not in Client().get("/admin/login/").content.decode()


def test_every_screen_can_warn(staff: Client) -> None:
    page = staff.get("/admin/").content.decode()
    assert 'data-session-end="/admin/session/"' in page
    assert "Stay signed in" in page
