"""Browsers in which somebody of the staff has signed in before.

They have a cookie that says so, and a count of wrong passwords of their own: whoever guesses a
name elsewhere, or beside them in the same network, locks nobody out of a browser they know. It
signs nobody in. Readers never get it.
"""

import secrets
from collections.abc import Mapping
from typing import NamedTuple

from django.conf import settings
from django.core import signing
from django.http import HttpResponseBase
from django.utils.crypto import salted_hmac

SALT = "clinic_site.accounts.known_browsers"
MOST_NAMES = 12  # of people who share a computer; the one who was longest away is forgotten


class KnownBrowser(NamedTuple):
    id: str
    names: list[str]  # hashes of user names, the latest sign-in last


def browser_that_knows(cookies: Mapping[str, str], name: str) -> str:
    """Return the id of the browser if `name` has signed in there before, or nothing."""
    browser = _read(cookies)
    return browser.id if browser and not _hashes(name).isdisjoint(browser.names) else ""


def remember_browser(response: HttpResponseBase, cookies: Mapping[str, str], name: str) -> None:
    """Note in the browser that `name` has signed in there."""
    browser = _read(cookies) or KnownBrowser(secrets.token_urlsafe(12), [])
    hashes = _hashes(name)
    names = [known for known in browser.names if known not in hashes]
    value = [browser.id, [*names, _hashed(name, settings.SECRET_KEY)][-MOST_NAMES:]]
    response.set_cookie(
        settings.KNOWN_BROWSER_COOKIE,
        signing.dumps(value, salt=SALT),
        max_age=settings.KNOWN_BROWSER_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _read(cookies: Mapping[str, str]) -> KnownBrowser | None:
    value = cookies.get(settings.KNOWN_BROWSER_COOKIE, "")
    try:
        return KnownBrowser(*signing.loads(value, salt=SALT, max_age=settings.KNOWN_BROWSER_AGE))
    except signing.BadSignature:
        return None


def _hashes(name: str) -> set[str]:
    """Return what `name` is in a cookie, by this SECRET_KEY or by one before it."""
    return {_hashed(name, key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)}


def _hashed(name: str, key: str) -> str:
    hashed = salted_hmac(SALT, name.casefold(), secret=key, algorithm="sha256")
    return hashed.hexdigest()[:20]
