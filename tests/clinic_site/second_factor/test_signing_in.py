"""A password alone opens nothing of patients: whoever may see them gives a code as well."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from pytest_django import Settings

from clinic_site.access_log.models import AccessLine
from clinic_site.accounts.roles import Role
from clinic_site.second_factor.actions import is_remembered, remember
from clinic_site.second_factor.forms import WRONG, WRONG_PER
from clinic_site.second_factor.models import Authenticator
from tests.clinic_site.second_factor.conftest import (
    Phone,
    give_code,
    give_password,
    is_in,
    signed_in,
)
from tests.factories import make_user
from tests.threads import at_once

CODES = re.compile(r"<code>([a-z0-9]{5}-[a-z0-9]{5})</code>")
KEY = re.compile(r'second-factor__key">([A-Z2-7 ]+)<')


@pytest.mark.parametrize("role", ["Owners", "Front desk", "Practitioners", "Moderators"])
def test_whoever_may_see_patients_sets_it_up_at_the_first_sign_in(
    role: Role, client: Client
) -> None:
    user: Any = make_user(role)
    answer = give_password(client, user.username)
    assert answer.url == "/admin/two-step/set-up/"
    assert not is_in(client)
    page = client.get(answer.url).content.decode()
    assert re.search(r"<svg [^>]*viewBox=", page), "drawn whole, however large"
    key = KEY.findall(page)[0].replace(" ", "")
    saved = client.post(answer.url, {"code": Phone(key).code()})
    assert len(CODES.findall(saved.content.decode())) == 10
    assert is_in(client)


def test_an_editor_needs_none(client: Client) -> None:
    make_user("Editors")
    assert give_password(client, "editors").url == "/admin/"
    assert is_in(client)


def test_a_password_alone_opens_nothing(client: Client, phone: Phone) -> None:
    assert give_password(client).url == "/admin/two-step/code/"
    assert not is_in(client)
    assert client.get("/admin/calendar/")["Location"].startswith("/admin/login/?next=")
    assert client.get("/admin/session/").json() == {"signed_in": False}


def test_the_code_leads_where_somebody_wanted_to_go(client: Client, phone: Phone) -> None:
    give_password(client, next="/admin/account/")
    assert give_code(client, phone.code()).url == "/admin/account/"
    assert is_in(client)


def test_a_session_that_came_about_otherwise_ends(client: Client, desk: Any) -> None:
    client.force_login(desk)
    assert not is_in(client)


def test_whoever_is_given_the_role_meanwhile_signs_in_anew(client: Client) -> None:
    user: Any = make_user("Editors")
    give_password(client, "editors")
    assert is_in(client)
    user.groups.set(make_user("Front desk").groups.all())  # type: ignore[attr-defined]
    assert not is_in(client)


def test_the_access_log_tells_what_somebody_signed_in_by(client: Client, phone: Phone) -> None:
    make_user("Editors")
    give_password(Client(), "editors")
    give_password(client)
    give_code(client, phone.code(), remember="on")
    client.post("/admin/logout/")
    give_password(client)
    lines = AccessLine.objects.filter(kind="sign_in").order_by("pk")
    assert [line.details for line in lines] == [
        "password",
        "password, code",
        "password, remembered browser",
    ]


def test_a_code_is_taken_once(client: Client, phone: Phone) -> None:
    code = phone.code()
    give_password(client)
    assert give_code(client, code).status_code == 302
    other = Client()
    give_password(other)
    assert "You’ve used this code already" in give_code(other, code).content.decode()
    assert not is_in(other)


@pytest.mark.parametrize("typed", ["000000", "12345", "", "abc", "١٢٣٤٥٦", "9" * 30])
def test_a_wrong_code_is_refused_beside_its_field(typed: str, client: Client, phone: Phone) -> None:
    give_password(client)
    answer = give_code(client, typed)
    assert answer.status_code == 200
    assert "error-message" in answer.content.decode()
    assert not is_in(client)


def test_spaces_in_a_code_do_no_harm(client: Client, phone: Phone) -> None:
    give_password(client)
    code = phone.code()
    assert give_code(client, f" {code[:3]} {code[3:]} ").status_code == 302


def test_codes_cannot_be_guessed(client: Client, phone: Phone) -> None:
    give_password(client)
    for _try in range(WRONG):
        give_code(client, "000000")
    answer = give_code(client, phone.code())
    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= WRONG_PER.total_seconds()
    assert not is_in(client)


def test_the_right_password_waits_ten_minutes_for_the_code(client: Client, phone: Phone) -> None:
    give_password(client)
    with time_machine.travel(timedelta(minutes=11)):
        assert give_code(client, phone.code()).url == "/admin/login/"


def test_a_changed_password_ends_what_waits_for_a_code(
    client: Client, desk: Any, phone: Phone
) -> None:
    give_password(client)
    desk.set_password("another long one")
    desk.save()
    assert give_code(client, phone.code()).url == "/admin/login/"


def test_a_phone_whose_clock_is_off_by_two_minutes_works_once_set_up(
    client: Client, desk: Any
) -> None:
    address = give_password(client).url
    key = KEY.findall(client.get(address).content.decode())[0].replace(" ", "")
    slow = Phone(key, off=-120)
    assert client.post(address, {"code": slow.code()}).status_code == 200
    with time_machine.travel(timedelta(minutes=5)):
        assert is_in(signed_in(Client(), slow))


def test_a_clock_that_went_wrong_later_is_told_of(client: Client, phone: Phone) -> None:
    give_password(client)
    phone.off = 120
    assert (
        "clock seems to be off by about 2 min" in give_code(client, phone.code()).content.decode()
    )


def test_a_recovery_code_signs_in_once(client: Client, desk: Any, phone: Phone) -> None:
    recovery = desk.recovery_codes.first().code.upper().replace("-", " ")
    give_password(client)
    assert give_code(client, recovery).status_code == 302
    assert desk.recovery_codes.count() == 9
    other = Client()
    give_password(other)
    assert give_code(other, recovery).status_code == 200
    assert not is_in(other)


def test_a_damaged_key_leaves_the_recovery_codes_and_each_of_these_the_others(
    client: Client, desk: Any, phone: Phone
) -> None:
    from django.db import connection

    codes = [recovery.code for recovery in desk.recovery_codes.order_by("pk")]
    with connection.cursor() as cursor:
        cursor.execute("UPDATE second_factor_authenticator SET key = substr(key, 1, 30)")
        damaged = desk.recovery_codes.order_by("pk").values("pk")[0]["pk"]
        change = "UPDATE second_factor_recoverycode SET code = substr(code, 1, 30) WHERE id = %s"
        cursor.execute(change, [damaged])
    give_password(client)
    assert "Use a recovery code" in give_code(client, phone.code()).content.decode()
    assert give_code(client, codes[0]).status_code == 200
    assert give_code(client, codes[1]).status_code == 302
    assert is_in(client)


class TestARememberedBrowser:
    def test_asks_for_no_code_for_thirty_days(self, client: Client, phone: Phone) -> None:
        give_password(client)
        give_code(client, phone.code(), remember="on")
        client.post("/admin/logout/")
        assert give_password(client).url == "/admin/"
        assert is_in(client)
        client.post("/admin/logout/")
        with time_machine.travel(timedelta(days=31)):
            assert give_password(client).url == "/admin/two-step/code/"

    def test_is_somebodys_own(self, desk: Any, phone: Phone) -> None:
        from django.utils import timezone

        now = timezone.now()
        token = remember(desk, now)
        assert is_remembered(desk, token, now)
        assert not is_remembered(make_user("Owners"), token, now)  # type: ignore[arg-type]


def test_without_the_requirement_only_those_who_set_it_up_are_asked(
    client: Client, settings: Settings, phone: Phone
) -> None:
    settings.REQUIRE_SECOND_FACTOR = False
    assert give_password(client).url == "/admin/two-step/code/"
    make_user("Owners")
    assert give_password(Client(), "owners").url == "/admin/"


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_of_the_same_code_twenty_times_at_once_one_is_taken(desk: Any, phone: Phone) -> None:
    from django.utils import timezone

    from clinic_site.second_factor.actions import WrongCode, take_code

    now, code = timezone.now(), phone.code()

    def take() -> bool:
        try:
            take_code(desk, code, now)
        except WrongCode:
            return False
        return True

    assert at_once(take).count(True) == 1


def test_the_key_and_the_recovery_codes_cannot_be_read_in_the_database(
    desk: Any, phone: Phone
) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT key FROM second_factor_authenticator")
        (kept,) = cursor.fetchone()
        cursor.execute("SELECT code FROM second_factor_recoverycode")
        codes = {row[0] for row in cursor.fetchall()}
    assert phone.key not in kept
    assert Authenticator.objects.get().key == phone.key
    assert codes.isdisjoint({recovery.code for recovery in desk.recovery_codes.all()})
