"""A form of the admin that was not taken is kept, whatever the reason, on a page of the admin."""

from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from clinic_site.clinic.models import ClinicDetails
from clinic_site.pages.models import StandardPage
from tests.factories import make_user

pytestmark = pytest.mark.usefixtures("clinic")

OURS = {"HTTP_SEC_FETCH_SITE": "same-origin"}
TYPED = {"title": "Where to park", "note": "Behind the house & <left>.", "action-publish": "1"}


@pytest.fixture
def page(clinic: ClinicDetails) -> StandardPage:
    home = Page.objects.get(depth=2)
    made: StandardPage = home.add_child(instance=StandardPage(title="Parking", slug="parking"))
    return made


@pytest.fixture
def address(page: StandardPage) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def is_kept(answer: Any, address: str) -> bool:
    html = unescape(answer.content.decode())
    assert "You can always" not in html, "this is the public page"
    return all(
        words in html for words in (*TYPED.values(), f'action="{address}"', "data-kept-form")
    )


def test_who_was_signed_out_sends_it_again_after_signing_in(address: str, client: Client) -> None:
    answer = client.post(address, TYPED, **OURS)
    assert answer.status_code == 401
    assert "You’ve been signed out" in answer.content.decode()
    assert is_kept(answer, address)
    client.force_login(make_user("Editors"))
    assert reverse("wagtailadmin_login") in answer.content.decode()
    assert client.get(reverse("admin_session")).json()["signed_in"] is True


def test_an_editor_that_saves_by_itself_is_told_in_words(address: str, client: Client) -> None:
    answer = client.post(address, TYPED, HTTP_ACCEPT="application/json", **OURS)
    assert (answer.status_code, answer.json()["error_code"]) == (401, "signed_out")
    assert client.get(reverse("admin_session")).json() == {"signed_in": False}


def test_a_stale_token_keeps_the_form(address: str, careful_client: Client) -> None:
    signed_out = careful_client.post(address, TYPED, **OURS)
    assert signed_out.status_code == 401
    assert is_kept(signed_out, address)
    careful_client.force_login(make_user("Editors"))
    stale = careful_client.post(address, TYPED, **OURS)
    assert stale.status_code == 403
    assert is_kept(stale, address)
    token = stale.context["csrf_token"]
    elsewhere = reverse("wagtailadmin_pages:unpublish", args=[1])
    again = careful_client.post(elsewhere, {"csrfmiddlewaretoken": str(token)}, **OURS)
    assert b"data-kept-form" not in again.content, "the token on the page is good"


@pytest.mark.parametrize(
    "said",
    [
        {"HTTP_SEC_FETCH_SITE": "cross-site"},
        {},
        {"HTTP_ORIGIN": "https://evil.example"},
        {"HTTP_ORIGIN": "http://[::1"},
        {"HTTP_REFERER": "http://[::1"},
    ],
)
def test_what_another_site_sends_is_not_kept(
    address: str, careful_client: Client, said: dict[str, str]
) -> None:
    careful_client.force_login(make_user("Editors"))
    answer = careful_client.post(address, TYPED, **said)
    assert answer.status_code == 403
    assert b"data-kept-form" not in answer.content


def test_a_mistake_of_ours_keeps_the_form(
    address: str, page: StandardPage, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(*_args: Any, **_more: Any) -> None:
        raise RuntimeError("broken on purpose")

    client.raise_request_exception = False
    client.force_login(make_user("Editors"))
    monkeypatch.setattr(StandardPage, "get_edit_handler", break_down)
    answer = client.post(address, TYPED, **OURS)
    assert answer.status_code == 500
    assert is_kept(answer, address)


@pytest.mark.parametrize("name", ["password1", "new_password", "csrfmiddlewaretoken"])
def test_no_password_stands_on_a_page(address: str, client: Client, name: str) -> None:
    answer = client.post(address, TYPED | {name: "correct horse"}, **OURS)
    assert b"correct horse" not in answer.content


def test_the_sign_in_page_is_open(client: Client) -> None:
    assert client.get(reverse("wagtailadmin_login")).status_code == 200
    wrong = {"username": "nobody", "password": "correct horse"}
    answer = client.post(reverse("wagtailadmin_login"), wrong)
    assert b"data-kept-form" not in answer.content
