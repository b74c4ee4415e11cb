"""A web process dies in the middle of the work; nothing that was promised is lost."""

import os
import re
import signal
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest

from tests.running_site import RunningSite, running_site

STAMP = re.compile(r'name="stamp" value="([^"]+)"')
COMMENTS = 60


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSite]:
    with running_site(tmp_path_factory.mktemp("var")) as site:
        yield site


def workers_of(web: int) -> list[int]:
    children = Path(f"/proc/{web}/task/{web}/children").read_text().split()
    return [int(child) for child in children]


def comment(site: RunningSite, number: int) -> str | None:
    """Send one comment; return its text if the site said that it has it."""
    address = f"{site.url}/comments/6/reply/"
    text = f"comment number {number}"
    try:
        with urlopen(address) as page:  # noqa: S310
            stamp = STAMP.search(page.read().decode())
        form = {"stamp": stamp and stamp[1], "name": "Sam", "email": "s@x.example", "text": text}
        with urlopen(Request(address, urlencode(form).encode())) as thanks:  # noqa: S310
            return text if thanks.url.endswith("/received/") else None
    except (URLError, HTTPException, OSError):
        return None  # nobody was promised anything


def test_what_was_promised_is_on_disk_after_a_process_was_killed(site: RunningSite) -> None:
    web = site.processes[-1].pid
    with ThreadPoolExecutor(8) as senders:
        answers = [senders.submit(comment, site, number) for number in range(COMMENTS)]
        for _time in range(2):
            answers[COMMENTS // 4].result()
            os.kill(workers_of(web)[0], signal.SIGKILL)
        promised = {answer.result() for answer in answers} - {None}
    site.wait_until_ready()
    with sqlite3.connect(site.var / "db.sqlite3") as database:
        stored = [row[0] for row in database.execute("SELECT text FROM comments_comment")]
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert promised
    assert promised <= set(stored)
    assert len(stored) == len(set(stored))


def test_the_next_request_works(site: RunningSite) -> None:
    assert comment(site, COMMENTS + 1) == f"comment number {COMMENTS + 1}"
