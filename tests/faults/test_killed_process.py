"""A web process dies in the middle of the work; nothing that was promised is lost."""

import os
import re
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest

from tests.running_site import RunningSite, running_site

pytestmark = pytest.mark.processes

ACTION = re.compile(r'action="(/comments/\d+/reply/)"')
FORM_TOKEN = re.compile(r'name="form_token" value="([^"]+)"')
COMMENTS = 60


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSite]:
    # Behind a proxy each reader has an address; from one alone so many comments are refused.
    with running_site(tmp_path_factory.mktemp("var"), BEHIND_PROXY="true") as site:
        yield site


def workers_of(web: int) -> list[int]:
    children = Path(f"/proc/{web}/task/{web}/children").read_text().split()
    return [int(child) for child in children]


def comment(site: RunningSite, number: int) -> str | None:
    """Send one comment; return its text if the site said that it has it."""
    text = f"comment number {number}"
    try:
        with urlopen(f"{site.url}/fitness/psoas-so-what/") as page:  # noqa: S310
            html = page.read().decode()
        action, form_token = ACTION.search(html), FORM_TOKEN.search(html)
        address = f"{site.url}{action and action[1]}"
        form = {
            "form_token": form_token and form_token[1],
            "name": "Sam",
            "email": "s@x.example",
            "text": text,
        }
        headers = {"X-Forwarded-For": f"192.0.2.{number}"}
        post = Request(address, urlencode(form).encode(), headers)  # noqa: S310
        with urlopen(post) as thanks:  # noqa: S310
            return text if thanks.url.endswith("/received/") else None
    except (URLError, HTTPException, OSError):
        return None  # nobody was promised anything


def test_what_was_promised_is_on_disk_after_a_process_was_killed(site: RunningSite) -> None:
    web = site.processes[-1].pid
    with ThreadPoolExecutor(8) as senders:
        answers = [senders.submit(comment, site, number) for number in range(COMMENTS)]
        for answered in (COMMENTS // 4, COMMENTS // 2):
            answers[answered].result()
            os.kill(workers_of(web)[-1], signal.SIGKILL)
        promised = {answer.result() for answer in answers} - {None}
    site.wait_until_ready()
    stored = site.ask_database("SELECT text FROM comments_comment")
    if not site.database_url:
        assert site.ask_database("PRAGMA integrity_check") == ["ok"]
    assert promised
    assert promised <= set(stored)
    assert len(stored) == len(set(stored))
    assert comment(site, COMMENTS + 1) == f"comment number {COMMENTS + 1}"
