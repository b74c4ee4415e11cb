"""The codes themselves: random, long enough, and worth something for a short while."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from clinic_site.access_log.models import AccessLine
from clinic_site.second_factor.actions import WrongCode, take_code
from clinic_site.second_factor.codes import new_authenticator_key, new_recovery_codes
from tests.clinic_site.second_factor.conftest import Phone, code_at, is_in, signed_in
from tests.factories import make_user

EMAIL = {
    "name_email-first_name": "Sam",
    "name_email-last_name": "Rivera",
    "name_email-email": "elsewhere@mail.example",
}


def test_keys_and_recovery_codes_are_long_and_no_two_are_alike() -> None:
    keys = {new_authenticator_key() for _time in range(200)}
    assert len(keys) == 200
    assert {len(key) for key in keys} == {32}  # base32: 160 bits
    codes = {code for _time in range(50) for code in new_recovery_codes()}
    assert len(codes) == 500
    assert min(len(code.replace("-", "")) for code in codes) == 10  # of 31 letters: 49 bits


@pytest.mark.parametrize(("seconds", "taken"), [(0, True), (30, True), (90, False), (600, False)])
def test_a_code_is_worth_nothing_a_minute_and_a_half_later(
    desk: Any, phone: Phone, seconds: int, taken: bool
) -> None:
    now = timezone.now()
    code = code_at(phone.key, now - timedelta(seconds=seconds))
    if taken:
        take_code(desk, code, now)
    else:
        with pytest.raises(WrongCode):
            take_code(desk, code, now)


@pytest.mark.parametrize(
    "address",
    ["/admin/account/", "/admin/two-step/sign-ins/end/", "/admin/two-step/sign-ins/1/end/"],
)
def test_ones_own_address_and_sign_ins_ask_for_the_password_after_a_while(
    client: Client, desk: Any, phone: Phone, address: str
) -> None:
    at_work = signed_in(client, phone)
    session = at_work.session
    session["identified_at"] = 0
    session.save()
    answer = at_work.post(address, EMAIL | {"current_password": "wrong"})
    assert answer.status_code == 401
    assert AccessLine.objects.filter(kind="sign_in_failed", account=desk.pk).count() == 1
    assert "password" in answer.content.decode()
    desk.refresh_from_db()
    assert desk.email == "front-desk@clinic.example"


def test_an_owner_signs_somebody_out_everywhere(client: Client, phone: Phone, desk: Any) -> None:
    from clinic_site.second_factor.actions import reset_second_factor

    at_work = signed_in(client, phone)
    owner: Any = make_user("Owners")
    reset_second_factor(desk, by=owner)
    assert not is_in(at_work)
