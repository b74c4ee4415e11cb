"""A method that a page does not know is a 405 with words, and changes nothing."""

import pytest
from django.test import Client

from tests.factories import make_article, make_clinic, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

READ_ONLY = [
    "/",
    "/fitness/",
    "/fitness/psoas-so-what/",
    "/contact/",
    "/privacy/",
    "/search/",
    "/feed/",
    "/healthz",
    "/robots.txt",
    "/sitemap.xml",
]
FORMS = ["/book/", "/admin/login/", "/admin/password_reset/"]
STAFF = ["/admin/", "/admin/logout/", "/admin/account/", "/admin/session/", "/admin/pages/1/"]


@pytest.fixture(autouse=True)
def _pages() -> None:
    make_clinic()
    make_article()


@pytest.mark.parametrize("address", READ_ONLY + FORMS + STAFF)
def test_what_a_page_does_not_know_is_not_allowed(careful_client: Client, address: str) -> None:
    careful_client.force_login(make_user("Owners"))
    for method in ("PUT", "DELETE", "PATCH", "FOO", "TRACE"):
        answer = careful_client.generic(method, address, b"x=1")
        assert answer.status_code == 405
        assert method not in answer["Allow"]
        assert "<h1>" in answer.content.decode()


@pytest.mark.parametrize("address", READ_ONLY)
def test_a_page_without_a_form_takes_none(careful_client: Client, address: str) -> None:
    answer = careful_client.post(address, {"x": "1"})
    assert answer.status_code == 405
    assert answer["Allow"] == "GET, HEAD, OPTIONS"
    assert "<h1>" in answer.content.decode()


def test_what_only_a_button_sends_says_so_to_whoever_opens_it(client: Client) -> None:
    client.force_login(make_user("Owners"))
    client.get("/contact/")
    answer = client.get("/admin/logout/")
    assert answer.status_code == 405
    assert "Nothing was changed" in answer.content.decode()
    assert "805-880-6533" in answer.content.decode()


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_reading_is_known_everywhere(client: Client, method: str) -> None:
    assert client.generic(method, "/privacy/").status_code in (200, 405)
    assert client.generic(method, "/contact/").status_code == 200


def test_a_screen_of_the_admin_may_know_others(client: Client) -> None:
    client.force_login(make_user("Owners"))
    answer = client.patch("/admin/dismissibles/", b"{}", content_type="application/json")
    assert answer.status_code == 200


def test_a_form_that_is_not_ours_is_still_refused(careful_client: Client) -> None:
    form = {"username": "owners", "password": "x"}
    assert careful_client.post("/admin/login/", form).status_code == 403
