"""The owner of an empty site makes her account in the browser, by an address that works once."""

import re
from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from django.utils.html import escape
from django.views.debug import SafeExceptionReporterFilter

from clinic_site.accounts.roles import Role
from clinic_site.staff.first_account import NotTheFirst, create_first_owner
from tests.factories import make_user
from tests.threads import all_at_once

pytestmark = pytest.mark.django_db

SAID = {
    "name": "Olive Owens",
    "email": "olive@clinic.example",
    "password": "a long walk on the beach",
    "password_again": "a long walk on the beach",
}


@pytest.fixture
def printed(capsys: pytest.CaptureFixture[str]) -> Callable[[], str]:
    """Return a function that gives the path of the printed address, or nothing."""

    def run() -> str:
        call_command("first_account")
        found = re.search(r"https?://[^/\s]+(/\S+)", capsys.readouterr().out)
        return found[1] if found else ""

    return run


def test_the_first_account_is_an_owner_like_any_other(
    client: Client, printed: Callable[[], str]
) -> None:
    address = printed()
    assert "Set up your clinic" in client.get(address).content.decode()
    response = client.post(address, SAID, follow=True)
    assert "Your account is ready" in response.content.decode()
    user = get_user_model().objects.get()
    assert [group.name for group in user.groups.all()] == [Role.OWNERS]
    assert (user.is_superuser, user.display_name) == (False, "Olive Owens")
    assert client.login(username=SAID["email"], password=SAID["password"])


def test_the_address_works_once(client: Client, printed: Callable[[], str]) -> None:
    address = printed()
    client.post(address, SAID)
    for response in (client.get(address), client.post(address, SAID | {"email": "b@b.example"})):
        assert response.status_code == 302
        assert response["Location"].startswith("/admin/login/")
    assert get_user_model().objects.count() == 1
    assert printed() == ""


def test_the_address_ends_after_a_day(client: Client, printed: Callable[[], str]) -> None:
    address = printed()
    with time_machine.travel(timezone.now() + timedelta(hours=24, seconds=1)):
        assert client.get(address).status_code == 404
        assert client.post(address, SAID).status_code == 404


@pytest.mark.parametrize("token", ["owner", "owner:1:x", "x" * 500])
def test_nobody_guesses_it(client: Client, token: str) -> None:
    assert client.post(f"/admin/first-account/{token}/", SAID).status_code == 404


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": ""}, "This field is required"),
        ({"email": "olive"}, "valid email"),
        ({"email": "olive&co@clinic.example"}, "of letters, digits"),
        ({"password": "xq7pt", "password_again": "xq7pt"}, "too short"),
        ({"password": "password1234", "password_again": "password1234"}, "too common"),
        ({"password_again": "another one entirely"}, "aren’t the same"),
    ],
)
def test_what_is_wrong_is_said_and_the_rest_is_kept(
    client: Client, printed: Callable[[], str], changes: dict[str, str], words: str
) -> None:
    said = SAID | changes
    response = client.post(printed(), said)
    page = response.content.decode()
    assert response.status_code == 422
    assert words in page
    assert f'value="{escape(said["email"])}"' in page
    assert said["password"] not in page
    assert not get_user_model().objects.exists()


def test_no_report_of_a_fault_has_the_password(client: Client, printed: Callable[[], str]) -> None:
    request = client.post(printed(), SAID).wsgi_request
    shown = SafeExceptionReporterFilter().get_post_parameters(request)
    assert SAID["password"] not in str(shown)
    assert SAID["email"] not in str(shown)


def test_where_somebody_has_an_account_there_is_no_first(printed: Callable[[], str]) -> None:
    make_user("Editors")
    assert printed() == ""
    with pytest.raises(NotTheFirst):
        create_first_owner(name="O", email="o@o.example", password="irrelevant here")


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_of_two_at_once_one_is_the_first() -> None:
    said = {"name": "O", "password": "irrelevant here"}
    emails = ("one@o.example", "two@o.example")
    done = all_at_once(partial(create_first_owner, email=email, **said) for email in emails)
    assert [type(each) for each in done].count(NotTheFirst) == 1
    assert get_user_model().objects.count() == 1
