import os
import subprocess
import sys

import pytest
from django.test import Client
from pytest_django import Settings

from tests.factories import make_article, make_clinic

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

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
    assert "unsafe-inline" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "SAMEORIGIN"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


def test_the_editor_alone_may_write_styles_of_its_own(admin_client: Client) -> None:
    make_clinic()
    policy = admin_client.get("/admin/").headers["Content-Security-Policy"]
    assert "style-src 'self' 'unsafe-inline'" in policy
    assert "script-src 'self';" in f"{policy};"
    assert "unsafe-inline" not in admin_client.get("/").headers["Content-Security-Policy"]


@pytest.mark.parametrize("address", ADDRESSES[:-1])
def test_a_reader_gets_no_cookie_and_nothing_that_depends_on_one(
    client: Client, address: str
) -> None:
    make_clinic()
    make_article()
    response = client.get(address)
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")


HEADERS = [
    "Content-Security-Policy",
    "Cross-Origin-Resource-Policy",
    "Permissions-Policy",
    "X-Content-Type-Options",
    "X-Frame-Options",
]


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


def test_a_file_of_the_site_carries_them_too(settings: Settings) -> None:
    (settings.STATIC_ROOT / "told.css").write_text("p {}")
    response = Client().get("/static/told.css")  # a client of its own reads the folder anew
    assert response.status_code == 200
    assert [name for name in HEADERS if name not in response.headers] == []
    unchanged = Client().get(
        "/static/told.css", headers={"if-modified-since": response["Last-Modified"]}
    )
    assert unchanged.status_code == 304
    assert [name for name in HEADERS if name not in unchanged.headers] == []


def test_over_https_cookies_are_this_hosts_alone() -> None:
    """In a process of its own: names are settled as the program starts."""
    script = (
        "import django; django.setup();"
        "from django.conf import settings as s;"
        "from clinic_site.http.messages import NamedCookieStorage as m;"
        "print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.KNOWN_BROWSER_COOKIE, m.cookie_name,"
        " s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE)"
    )
    environment = {
        "ENV_FILE": os.devnull,
        "SECRET_KEY": "x" * 40,
        "PATH": os.environ["PATH"],
        "BASE_URL": "https://clinic.example",
        "VAR_DIR": os.environ["VAR_DIR"],
        "DJANGO_SETTINGS_MODULE": "clinic_site.settings",
    }
    said = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True
    ).stdout.split()
    assert said[-2:] == ["True", "True"]
    assert [name for name in said[:-2] if not name.startswith("__Host-")] == []
