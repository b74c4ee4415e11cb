"""The log names pages, and no secret that stands in an address."""

import logging
from collections.abc import Callable

import pytest

from clinic_site.http.log_filter import RedactSecretsFilter
from clinic_site.privacy.secret_links import new_token
from comments import signed_links


def written(message: str, *args: object) -> str:
    record = logging.LogRecord("django.request", logging.WARNING, "", 0, message, args, None)
    assert RedactSecretsFilter().filter(record)
    return record.getMessage()


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
