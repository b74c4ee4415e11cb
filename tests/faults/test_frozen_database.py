"""PostgreSQL freezes while the site works with it: nobody waits for long, and all is well after."""

import time
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path

import pytest

from tests.demo import copied_demo
from tests.faults.freezing_relay import FreezingRelay, relay_to
from tests.faults.test_silent_database import answer
from tests.running_site import RunningSite

pytestmark = [
    pytest.mark.processes,
    pytest.mark.skipif("'TEST_DATABASE_URL' not in os.environ", reason="SQLite is no server"),
]
KEPT, MADE_ANEW = "/fitness/psoas-so-what/", "/book/"


@pytest.fixture
def relay(tmp_path: Path) -> Iterator[FreezingRelay]:
    with copied_demo(tmp_path) as database_url, relay_to(database_url) as relay:
        yield relay


@pytest.fixture
def site(tmp_path: Path, relay: FreezingRelay) -> Iterator[RunningSite]:
    site = RunningSite(tmp_path, database_url=relay.url, settings={"WEB_CONCURRENCY": "1"})
    try:
        site.start_web()
        yield site
    finally:
        site.stop()


def test_who_asks_is_told_so_and_what_is_kept_is_read(
    site: RunningSite, relay: FreezingRelay
) -> None:
    for path in (KEPT, MADE_ANEW):
        assert answer(f"{site.url}{path}")[0] == HTTPStatus.OK
    with relay.frozen():
        # Each wait has an end of its own: `answer` itself gives up much later.
        status, page = answer(f"{site.url}{MADE_ANEW}")
        assert status == HTTPStatus.SERVICE_UNAVAILABLE
        assert "<h1" in page
        assert answer(f"{site.url}{KEPT}")[0] == HTTPStatus.OK
        status, page = answer(f"{site.url}/admin/login/")
        assert status in (HTTPStatus.OK, HTTPStatus.SERVICE_UNAVAILABLE)
    give_up = time.monotonic() + 30
    while answer(f"{site.url}{MADE_ANEW}")[0] != HTTPStatus.OK:
        assert time.monotonic() < give_up, "it works again, without a restart"
