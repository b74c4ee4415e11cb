"""What a password of the staff may be, and how it is asked for."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from clinic_site.accounts.models import User
from clinic_site.clinic.models import ClinicDetails
from tests.factories import make_user

pytestmark = pytest.mark.usefixtures("clinic")


def is_taken(password: str) -> bool:
    """Tell whether somebody may have this password."""
    try:
        validate_password(password, User(username="front-desk", first_name="Samantha"))
    except ValidationError:
        return False
    return True


def test_it_has_twelve_characters() -> None:
    assert not is_taken("plum stairs")
    assert is_taken("plum staircase")


def test_one_of_the_common_ones_of_breaches_is_refused() -> None:
    for common in ("1q2w3e4r5t6y", "passwordpassword", "Qwertyuiop!2027"):
        assert not is_taken(common), common


@pytest.mark.parametrize(
    "password", ["only small letters", "ONLY CAPITALS HERE", "8264950183746", "änderung 草本 ✿✿✿✿"]
)
def test_any_characters_will_do(password: str) -> None:
    assert is_taken(password)


@pytest.mark.parametrize(
    "password",
    [
        "motion unlimited",
        "MotionUnlimited2027!",
        "welcome-clinic-1",
        "Front desk 12345",
        "Owners Owners Owners",
        "booking-Owners-2027",
    ],
)
def test_the_clinics_own_words_are_no_password(password: str) -> None:
    assert not is_taken(password)


def test_a_long_one_is_kept_whole_and_compared_as_it_is(client: Client) -> None:
    long = "A Plum staircase, 64 characters long, with a space at the end " * 2
    user: Any = make_user("Moderators", username="moderator")
    user.set_password(long)
    user.save()
    for wrong in (long[:-1], long.lower(), long.strip(), f"{long} "):
        client.post("/admin/login/", {"username": "moderator", "password": wrong})
        assert client.get("/admin/").status_code == 302, wrong
    client.post("/admin/login/", {"username": "moderator", "password": long})
    assert client.get("/admin/").status_code == 200


def test_fields_hide_what_is_typed_and_take_what_a_manager_pastes(client: Client) -> None:
    pages = [client.get("/admin/login/")]
    client.force_login(make_user("Owners"))
    pages += [client.get(reverse("wagtailadmin_account")), client.get("/admin/users/new/")]
    for page in pages:
        soup = BeautifulSoup(page.content, "html.parser")
        fields = soup.select("input[name*=password]")
        assert fields
        for field in fields:
            assert field["type"] == "password"
            assert field.get("autocomplete") != "off"
            assert not {"onpaste", "readonly"} & {*field.attrs}


def test_a_password_does_not_end_by_itself(client: Client, clinic: ClinicDetails) -> None:
    user: Any = make_user("Moderators")
    User.objects.update(date_joined="2020-01-01T00:00Z", last_login="2020-01-01T00:00Z")
    client.post("/admin/login/", {"username": user.username, "password": "correct horse"})
    assert client.get("/admin/").status_code == 200


def test_a_new_site_has_no_account() -> None:
    assert not User.objects.exists()


def test_a_new_password_by_email_is_no_way_around_the_code(
    client: Client, settings: Settings
) -> None:
    """The link sets a password, and signs nobody in."""
    from django.contrib.auth.tokens import default_token_generator
    from django.utils.http import urlsafe_base64_encode

    settings.REQUIRE_SECOND_FACTOR = True
    desk: Any = make_user("Front desk")
    uid = urlsafe_base64_encode(str(desk.pk).encode())
    token = default_token_generator.make_token(desk)
    form = client.get(
        reverse("wagtailadmin_password_reset_confirm", args=[uid, token]), follow=True
    )
    new = {"new_password1": "plum staircase", "new_password2": "plum staircase"}
    assert client.post(form.request["PATH_INFO"], new).status_code == 302
    assert client.get("/admin/").status_code == 302
    answer = client.post("/admin/login/", {"username": "front-desk", "password": "plum staircase"})
    assert answer["Location"] == "/admin/two-step/set-up/"
    assert client.get("/admin/").status_code == 302
