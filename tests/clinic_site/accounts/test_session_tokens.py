"""What a session is known by, and what ends it."""

from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client

from clinic_site.accounts.models import User
from tests.factories import make_user

pytestmark = pytest.mark.usefixtures("clinic")
RIGHT = {"username": "owners", "password": "correct horse"}


@pytest.fixture
def owner(db: None) -> Any:
    return make_user("Owners")


def token_of(client: Client) -> str:
    return str(client.cookies[settings.SESSION_COOKIE_NAME].value)


def test_whoever_signs_in_gets_a_new_token_and_the_one_before_opens_nothing(
    client: Client, owner: Any
) -> None:
    session = client.session
    session["planted"] = "by somebody else"
    session.save()
    planted = session.session_key
    client.post("/admin/login/", RIGHT)
    assert token_of(client) != planted
    assert not Session.objects.filter(session_key=planted).exists()


def test_a_token_is_random_and_long_and_no_two_are_alike(owner: Any) -> None:
    tokens = set()
    for _time in range(20):
        client = Client()
        client.force_login(owner)
        tokens.add(token_of(client))
    assert len(tokens) == 20
    assert {len(token) for token in tokens} == {32}  # of 36 letters and digits: 165 bits


def test_a_made_up_token_opens_nothing(client: Client, owner: Any) -> None:
    client.cookies[settings.SESSION_COOKIE_NAME] = "a" * 32
    assert client.get("/admin/").status_code == 302


def test_signing_out_ends_the_session_on_the_server(client: Client, owner: Any) -> None:
    client.post("/admin/login/", RIGHT)
    token = token_of(client)
    client.post("/admin/logout/")
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = token
    assert thief.get("/admin/").status_code == 302


@pytest.mark.parametrize("change", ["stopped", "deleted"])
def test_an_account_that_is_stopped_or_deleted_is_signed_out_at_once(
    client: Client, owner: Any, change: str
) -> None:
    client.force_login(owner)
    assert client.get("/admin/").status_code == 200
    if change == "stopped":
        User.objects.update(is_active=False)
    else:
        User.objects.all().delete()
    assert client.get("/admin/").status_code == 302


def test_another_password_signs_out_everywhere_else(owner: Any) -> None:
    browser = Client()
    browser.post("/admin/login/", RIGHT)
    owner.set_password("another plum staircase")
    owner.save()
    assert browser.get("/admin/").status_code == 302


def test_every_screen_has_the_way_out(client: Client, owner: Any) -> None:
    client.force_login(owner)
    for address in ("/admin/", "/admin/patients/", "/admin/access-log/", "/admin/pages/"):
        assert "/admin/logout/" in client.get(address, follow=True).content.decode(), address


def test_a_role_that_is_taken_closes_its_screens_at_the_next_request(
    client: Client, owner: Any
) -> None:
    client.force_login(owner)
    assert client.get("/admin/access-log/").status_code == 200
    owner.groups.clear()
    assert client.get("/admin/access-log/").status_code == 302
