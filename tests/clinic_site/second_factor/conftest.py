import base64
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django_otp.oath import TOTP
from pytest_django import Settings

from clinic_site.second_factor.actions import set_up_authenticator
from clinic_site.second_factor.codes import DIGITS, STEP, new_authenticator_key
from tests.factories import make_clinic, make_user

PASSWORD = "correct horse"


def code_at(key: str, now: datetime) -> str:
    """Return the code that a phone with the right time shows."""
    totp = TOTP(base64.b32decode(key), step=STEP, digits=DIGITS)
    totp.time = now.timestamp()
    return f"{totp.token():0{DIGITS}d}"


class Phone:
    """A phone with an authenticator app, whose clock may be off by some seconds."""

    def __init__(self, key: str, off: int = 0) -> None:
        self.key, self.off = key, off

    def code(self) -> str:
        return code_at(self.key, timezone.now() + timedelta(seconds=self.off))


@pytest.fixture(autouse=True)
def required(settings: Settings, db: None) -> None:
    settings.REQUIRE_SECOND_FACTOR = True
    make_clinic()


@pytest.fixture
def desk() -> Any:
    return make_user("Front desk")


@pytest.fixture
def phone(desk: Any) -> Phone:
    """The phone of the desk, set up an hour ago."""
    key, earlier = new_authenticator_key(), timezone.now() - timedelta(hours=1)
    set_up_authenticator(desk, key, code_at(key, earlier), earlier)
    return Phone(key)


def give_password(client: Client, name: str = "front-desk", **more: str) -> Any:
    return client.post("/admin/login/", {"username": name, "password": PASSWORD} | more)


def give_code(client: Client, code: str, **more: str) -> Any:
    return client.post("/admin/two-step/code/", {"code": code} | more)


def signed_in(client: Client, phone: Phone) -> Client:
    """Sign the desk in, as its people do in the morning."""
    give_password(client)
    assert give_code(client, phone.code()).status_code == 302
    return client


def is_in(client: Client) -> bool:
    """Tell whether the admin opens."""
    return bool(client.get("/admin/").status_code == 200)
