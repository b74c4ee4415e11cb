import pytest
from django.test import Client
from pytest_django import Settings

from tests.make import make_article, make_clinic

pytestmark = pytest.mark.django_db

ADDRESSES = [
    "/",
    "/fitness/",
    "/fitness/psoas-so-what/",
    "/contact/",
    "/privacy/",
    "/accessibility/",
    "/search/",
    "/feed/",
    "/book/",
    "/nowhere/",
    "/healthz",
    "/robots.txt",
    "/sitemap.xml",
    "/admin/login/",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_carries_the_security_headers(client: Client, address: str) -> None:
    make_clinic()
    make_article()
    headers = client.get(address).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'self'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe-eval" not in policy
    assert ("unsafe-inline" in policy) == address.startswith("/admin/")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "SAMEORIGIN"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


@pytest.mark.parametrize("address", ADDRESSES[:-1])
def test_a_reader_gets_no_cookie_and_nothing_that_depends_on_one(
    client: Client, address: str
) -> None:
    make_clinic()
    make_article()
    response = client.get(address)
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")


HEADERS = ["Content-Security-Policy", "X-Frame-Options", "Permissions-Policy"]


@pytest.mark.parametrize("address", ["/book", "/fitness/psoas-so-what"])
def test_a_redirect_carries_them_too(client: Client, address: str) -> None:
    make_clinic()
    make_article()
    response = client.get(address)
    assert response.status_code in (301, 302)
    assert [name for name in HEADERS if name not in response.headers] == []


def test_the_redirect_to_https_carries_them_too(client: Client, settings: Settings) -> None:
    settings.SECURE_SSL_REDIRECT = True
    response = client.get("/book/")
    assert response.headers["Location"].startswith("https://")
    assert [name for name in HEADERS if name not in response.headers] == []


def test_a_host_that_is_not_ours_gets_them_too(client: Client) -> None:
    response = client.get("/book/", headers={"host": "elsewhere.example"})
    assert response.status_code == 400
    assert [name for name in HEADERS if name not in response.headers] == []
