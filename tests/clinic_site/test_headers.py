import pytest
from django.test import Client

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
