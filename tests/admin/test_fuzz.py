"""Whatever is sent to the admin, nobody of the staff ever sees a 500.

Every address is opened, and what its forms would send is spoiled in every way of `hostile`. A run
takes a few of these for each address, on each database others, and at each run the same; `EVERY=1`
takes all, for some hours.
"""

import os
from collections.abc import Iterator
from http.cookies import SimpleCookie
from typing import Any
from zlib import crc32

import pytest
from django.db import connection

from clinic_site.accounts.models import User
from tests.admin.addresses import addresses
from tests.admin.examples import examples
from tests.admin.factories import FullClinic
from tests.admin.forms import Screen
from tests.admin.hostile import Sent, asked, spoiled
from tests.admin.visits import as_it_was, ask, signed_in

pytestmark = pytest.mark.slow

EVERY = "EVERY" in os.environ
SOME = 1  # requests to each address
PARTS = 4
LISTS_ASKED = {"p", "q", "ordering"}


@pytest.mark.parametrize("part", range(PARTS))
def test_nothing_that_is_sent_breaks_a_screen(part: int, full_clinic: FullClinic) -> None:
    client = signed_in(User.objects.create_superuser("root", password="correct horse"))
    seen: set[Any] = set()
    faults = [
        (name, sent.what, fault_of(client, sent))
        for name, path in everywhere(full_clinic)[part::PARTS]
        for sent in chosen(name, requests(client, path, seen))
    ]
    assert faults, "nothing was sent"
    assert [fault for fault in faults if fault[-1]] == []


def everywhere(clinic: FullClinic) -> list[tuple[str, str]]:
    found = sorted(each for address in addresses() for each in examples(address, clinic))
    return found if EVERY else list(dict(found).items())


def requests(client: Any, path: str, seen: set[Any]) -> Iterator[Sent]:
    """Yield what is sent to `path` and to whatever its forms lead to, unless that was `seen`."""
    with as_it_was():
        answer = ask(client, "GET", path)
        screen = Screen(answer, path)
    is_list = answer.status_code == 200
    yield from asked(path, screen.asked | (LISTS_ASKED if is_list else set()))
    for form in screen.forms:
        kind = (form.path, *sorted(dict(form.fields)))
        if kind not in seen:
            seen.add(kind)
            yield from spoiled(form)
    yield Sent("nothing at all", "POST", path)


def chosen(name: str, sent: Iterator[Sent]) -> list[Sent]:
    by_chance = sorted(
        sent, key=lambda each: crc32(f"{connection.vendor} {name} {each.what}".encode())
    )
    return by_chance if EVERY else by_chance[:SOME]


def fault_of(client: Any, sent: Sent) -> str:
    """Return what broke, if anything did."""
    with as_it_was():
        client.cookies = SimpleCookie(client.kept)
        answer = client.generic(sent.method, sent.path, sent.body, content_type=sent.kind)
        if answer.streaming:
            b"".join(answer)
    if answer.status_code < 500:
        return ""
    raised = getattr(answer, "exc_info", None)
    return f"{answer.status_code} {raised[1]!r:.200}" if raised else str(answer.status_code)
