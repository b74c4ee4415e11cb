"""Passwords cannot be guessed by trying, nobody is locked out by others, nor buried in emails."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth import hashers
from django.core import mail
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from clinic_site.accounts.sign_in import (
    EMAILS,
    EMAILS_FROM_ONE_PLACE,
    PLACE_PER,
    WRONG,
    WRONG_FROM_ONE_PLACE,
    WRONG_PER,
)
from tests.factories import make_user
from tests.threads import at_once

pytestmark = pytest.mark.usefixtures("still_clock")

RIGHT = "correct horse"
HERE, ELSEWHERE = "203.0.113.7", "198.51.100.4"
SECOND = timedelta(seconds=1)


def post(client: Client, password: str, name: str = "owners", place: str = HERE) -> Any:
    form = {"username": name, "password": password}
    return client.post("/admin/login/", form, REMOTE_ADDR=place)


def sign_in(password: str, name: str = "owners", place: str = HERE) -> int:
    """Try in a browser that nobody knows; return the status of the answer."""
    status: int = post(Client(), password, name, place).status_code
    return status


@pytest.fixture
def owner(db: None) -> Any:
    return make_user("Owners")


@pytest.fixture
def known(owner: Any) -> Client:
    """The owner's own browser, in which they have signed in and out."""
    client = Client()
    assert post(client, RIGHT, place=ELSEWHERE).status_code == 302
    client.post("/admin/logout/")
    return client


def test_the_right_password_opens_after_a_few_wrong_ones(owner: Any) -> None:
    for _try in range(WRONG - 1):
        assert sign_in("wrong") == 200
    assert sign_in(RIGHT) == 302


@pytest.mark.parametrize("name", ["owners", "nobody"])
def test_after_many_wrong_ones_the_answer_is_when_to_come_back(owner: Any, name: str) -> None:
    for _try in range(WRONG):
        assert sign_in("wrong", name) == 200
    answer = post(Client(), RIGHT, name)
    assert answer.status_code == 429
    assert answer["Retry-After"] == str(15 * 60)
    assert "wait 15 minutes and try again" in answer.content.decode()


def test_the_quarter_of_an_hour_is_the_last_one(
    owner: Any, still_clock: time_machine.Traveller
) -> None:
    sign_in("wrong")
    still_clock.shift(WRONG_PER - SECOND)
    for _try in range(WRONG - 1):
        assert sign_in("wrong") == 200
    assert sign_in(RIGHT) == 429
    still_clock.shift(SECOND)
    assert sign_in("wrong") == 200, "the first is no longer in it"
    assert sign_in(RIGHT) == 429
    still_clock.shift(WRONG_PER - 2 * SECOND)
    assert sign_in(RIGHT) == 429
    still_clock.shift(SECOND)
    assert sign_in(RIGHT) == 302


@pytest.mark.parametrize("name", ["owners ", " OWNERS", "Owners", "\uff4fwners"])
def test_other_spellings_of_a_name_are_no_further_tries(owner: Any, name: str) -> None:
    for _try in range(WRONG):
        sign_in("wrong")
    assert sign_in("wrong", name) == 429


def test_a_network_of_the_sixth_version_is_one_place(owner: Any) -> None:
    for number in range(WRONG):
        assert sign_in("wrong", place=f"2001:db8::{number}") == 200
    assert sign_in(RIGHT, place="2001:db8::ffff:1") == 429
    assert sign_in(RIGHT, place="2001:db8:0:1::1") == 302


@pytest.mark.slow
def test_nobody_is_locked_out_by_guessing_from_many_places(known: Client) -> None:
    for place in range(13):
        for _try in range(WRONG):
            assert sign_in("wrong", place=f"192.0.2.{place}") == 200
    assert sign_in(RIGHT, place=ELSEWHERE) == 302, "from a place where nobody guessed"
    assert post(known, RIGHT, place="192.0.2.3").status_code == 302, "where somebody did"


def test_a_known_browser_has_a_count_of_its_own(known: Client) -> None:
    for _try in range(WRONG):
        assert post(known, "wrong").status_code == 200
    assert post(known, RIGHT).status_code == 429
    assert post(known, RIGHT, place=ELSEWHERE).status_code == 429
    assert sign_in(RIGHT) == 302, "it took nothing from the place"


def test_it_is_known_for_those_who_signed_in_there_alone(known: Client) -> None:
    make_user("Editors")
    for number in range(WRONG_FROM_ONE_PLACE):
        sign_in("wrong", f"name-{number}")
    assert post(known, RIGHT, "editors").status_code == 429
    assert post(known, RIGHT, "owners").status_code == 302
    assert post(known, RIGHT, "editors", ELSEWHERE).status_code == 302
    assert post(known, RIGHT, "editors").status_code == 302, "two share one computer"
    assert post(known, RIGHT, "owners").status_code == 302


@pytest.mark.parametrize("value", ["", "x", "W10:1:x", "\u00fc"])
def test_what_a_browser_says_of_itself_without_our_signature_is_nothing(
    owner: Any, settings: Settings, value: str
) -> None:
    client = Client()
    for _try in range(WRONG):
        client.cookies[settings.KNOWN_BROWSER_COOKIE] = value
        assert post(client, "wrong").status_code == 200
    assert post(client, RIGHT).status_code == 429


@pytest.mark.slow
def test_one_password_is_not_tried_on_everybody_from_one_place(
    owner: Any, still_clock: time_machine.Traveller
) -> None:
    answers = [sign_in("wrong", f"name-{number}") for number in range(60)]
    assert answers == [200] * WRONG_FROM_ONE_PLACE + [429] * (60 - WRONG_FROM_ONE_PLACE)
    assert sign_in(RIGHT) == 429
    assert sign_in(RIGHT, place=ELSEWHERE) == 302
    still_clock.shift(PLACE_PER)
    assert sign_in(RIGHT) == 302


def test_signing_in_often_is_no_mistake(owner: Any) -> None:
    for _time in range(WRONG_FROM_ONE_PLACE + 1):
        assert sign_in(RIGHT) == 302


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.parametrize("name", ["owners", "nobody"])
def test_of_fifty_at_once_eight_are_evaluated(
    owner: Any, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    evaluated: list[str] = []
    hash_password = hashers.MD5PasswordHasher.encode

    def encode(self: Any, password: str, salt: str) -> str:
        evaluated.append(password)
        hashed: str = hash_password(self, password, salt)
        return hashed

    monkeypatch.setattr(hashers.MD5PasswordHasher, "encode", encode)
    answers = at_once(lambda: sign_in("wrong", name), 50)
    assert sorted(answers) == [200] * WRONG + [429] * (50 - WRONG)
    assert len(evaluated) == WRONG


@pytest.mark.parametrize("name", ["Owners", "OWNERS", "owners "])
def test_a_name_is_taken_as_phones_write_it(owner: Any, name: str) -> None:
    assert sign_in(RIGHT, name) == 302


def test_fields_are_left_alone_by_phones(client: Client, db: None) -> None:
    page = client.get("/admin/login/").content.decode()
    for attribute in (
        'autocapitalize="none"',
        'spellcheck="false"',
        'autocomplete="username"',
        'autocomplete="current-password"',
    ):
        assert attribute in page


def test_a_new_password_is_sent_a_few_times_an_hour(client: Client, owner: Any) -> None:
    for _time in range(EMAILS + 2):
        answer = client.post("/admin/password_reset/", {"email": "owners@clinic.example"})
        assert answer.status_code == 302, "the page says the same either way"
    assert len(mail.outbox) == EMAILS


@pytest.mark.parametrize("domain", ["clinic.example", "nowhere.example"])
def test_one_place_asks_for_few_new_passwords(client: Client, owner: Any, domain: str) -> None:
    def ask(number: int, place: str = HERE) -> Any:
        form = {"email": f"{number}@{domain}"}
        return client.post("/admin/password_reset/", form, REMOTE_ADDR=place)

    answers = [ask(number).status_code for number in range(40)]
    assert answers == [302] * EMAILS_FROM_ONE_PLACE + [429] * (40 - EMAILS_FROM_ONE_PLACE)
    refused = ask(41)
    assert refused["Retry-After"] == "3600"
    assert "wait 60 minutes and try again" in refused.content.decode()
    assert ask(41, ELSEWHERE).status_code == 302


def test_its_link_works_for_an_hour(
    client: Client, owner: Any, still_clock: time_machine.Traveller
) -> None:
    client.post("/admin/password_reset/", {"email": "owners@clinic.example"})
    [sent] = mail.outbox
    [link] = [word for word in str(sent.body).split() if "/password_reset/confirm/" in word]
    assert "an hour" in sent.body
    path = "/" + link.split("/", 3)[3]
    assert "set-password" in client.get(path).get("Location", "")
    still_clock.shift(timedelta(hours=1) + SECOND)
    assert client.get(path).status_code == 200, "the page that says it is too old"


@pytest.mark.parametrize(
    "where",
    [
        "/admin/logout/",
        "/admin/logout",
        "/admin/%6cogout/?x=1",
        "/admin/pages/../logout/",
        "//testserver/admin/logout/",
    ],
)
def test_nobody_is_led_out_as_they_come_in(owner: Any, where: str) -> None:
    form = {"username": "owners", "password": RIGHT, "next": where}
    client = Client()
    assert client.post("/admin/login/", form)["Location"] == reverse("wagtailadmin_home")
    again = client.get("/admin/login/", {"next": where})
    assert again["Location"] == reverse("wagtailadmin_home")


def test_leaving_takes_a_press_and_clears_what_the_browser_kept(owner: Any) -> None:
    client = Client()
    client.force_login(owner)
    assert client.get("/admin/logout/").status_code == 405
    assert client.get("/admin/").status_code == 200, "opening an address signs nobody out"
    left = client.post("/admin/logout/")
    assert left["Clear-Site-Data"] == '"cache", "storage"'
    assert client.get("/admin/").status_code == 302


def change_password(client: Client, old: str) -> Any:
    new = "battery staple correct"
    form = {"old_password": old, "new_password1": new, "new_password2": new}
    own = client.get(reverse("wagtailadmin_account")).context["user"]
    kept = {
        "name_email-first_name": "Sam", "name_email-last_name": "Rivera",
        "name_email-email": own.email, "locale-preferred_language": "",
        "locale-current_time_zone": "", "theme-theme": "system", "theme-contrast": "system",
        "theme-density": "default",
    }  # fmt: skip
    sent = kept | {f"password-{name}": value for name, value in form.items()}
    return client.post(reverse("wagtailadmin_account"), sent)


@pytest.mark.slow
def test_who_finds_a_screen_guesses_no_more_than_who_signs_in(
    owner: Any, still_clock: time_machine.Traveller
) -> None:
    found, elsewhere = Client(), Client()
    for client in (found, elsewhere):
        post(client, RIGHT)
    for _try in range(WRONG):
        assert change_password(found, "wrong").status_code == 200
    answer = change_password(found, RIGHT)
    assert (answer.status_code, answer["Retry-After"]) == (429, str(15 * 60))
    assert "wait 15 minutes and try again" in answer.content.decode()
    assert sign_in(RIGHT) == 302, "the name is locked nowhere"
    still_clock.shift(WRONG_PER)
    assert change_password(found, RIGHT).status_code == 302
    assert elsewhere.get("/admin/").status_code == 302, "the others are signed out by that"


@pytest.mark.slow
def test_a_right_password_after_a_few_wrong_ones_is_changed(owner: Any) -> None:
    client = Client()
    post(client, RIGHT)
    for _try in range(WRONG - 1):
        change_password(client, "wrong")
    assert change_password(client, RIGHT).status_code == 302
