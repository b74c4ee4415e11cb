"""The log names pages, and no secret that stands in an address."""

import logging
from collections.abc import Callable

import pytest
from django.test import Client

from clinic_site.accounts import sign_in
from clinic_site.accounts.sign_in import WRONG
from clinic_site.logs.formatters import LineFormatter
from clinic_site.privacy.secret_links import new_token
from comments import signed_links
from tests.factories import make_clinic


def written(message: str, *args: object) -> str:
    """Return what the log says of a message, without time, weight and source."""
    record = logging.LogRecord("django.request", logging.WARNING, "", 0, message, args, None)
    return LineFormatter().format(record).partition(": ")[2]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "make",
    [
        new_token,
        lambda: signed_links.confirmation(12),
        lambda: signed_links.unsubscription(12),
    ],
)
def test_a_secret_in_an_address_is_not_logged(make: Callable[[], str]) -> None:
    line = written("%s: %s", "Not Found", f"/comments/mine/{make()}/")
    assert line == "Not Found: /comments/mine/…"


@pytest.mark.parametrize("copied", ["%20{}", " {}", "{}x", "<{}>", "all-lower-case-letters"])
def test_nor_is_one_that_was_badly_copied(copied: str) -> None:
    path = f"/book/mine/{copied.format(new_token())}/"
    assert written("%s: %s", "Not Found", path) == "Not Found: /book/mine/…"


def test_names_of_pages_are_logged() -> None:
    address = "/fitness/lower-back-pain-most-of-it-passes-by-itself/"
    assert written("%s: %s", "Not Found", address) == f"Not Found: {address}"


@pytest.mark.parametrize("sent", ["\n", "\r\n", "\u2028", "\x85", "\x1b[2K"])
def test_nobody_writes_a_line_of_their_own(sent: str) -> None:
    line = written("%s: %s", "Not Found", f"/nowhere{sent}2027-01-01 INFO root: all is well")
    assert line.splitlines() == [line]
    assert line.isprintable()


@pytest.mark.django_db
def test_whoever_is_stopped_leaves_a_line(caplog: pytest.LogCaptureFixture) -> None:
    """Guessing, a form from another site, a screen that is not theirs."""
    make_clinic()
    caplog.set_level(logging.WARNING, logger=sign_in.__name__)
    client = Client(enforce_csrf_checks=True)
    client.post("/admin/login/", {"username": "owner", "password": "guessed"})
    assert "Forbidden" in caplog.text
    client = Client()
    for _try in range(WRONG + 1):
        client.post("/admin/login/", {"username": "owner", "password": "guessed"})
    assert caplog.text.count("a sign-in failed") == WRONG
    assert "Too Many Requests: /admin/login/" in caplog.text
    assert "guessed" not in caplog.text
