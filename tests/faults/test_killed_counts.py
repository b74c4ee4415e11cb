"""What readers read is counted in the process that serves; one that ends writes it first."""

import os
import signal
import time
from collections.abc import Iterator
from urllib.request import Request, urlopen

import pytest

from tests.clinic_site.page_views.conftest import BROWSER
from tests.faults.test_killed_process import workers_of
from tests.running_site import RunningSite, running_site

pytestmark = pytest.mark.processes

VIEWS = 40
ARTICLE = "/fitness/psoas-so-what/"
SUM = f"SELECT COALESCE(SUM(number), 0) FROM page_views_dailycount WHERE name = '{ARTICLE}'"  # noqa: S608


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSite]:
    with running_site(tmp_path_factory.mktemp("var")) as site:
        yield site


def read(site: RunningSite, times: int) -> None:
    for _time in range(times):
        asked = Request(f"{site.url}{ARTICLE}", headers={"User-Agent": BROWSER})  # noqa: S310
        with urlopen(asked) as page:  # noqa: S310
            assert page.status == 200


def views(site: RunningSite) -> int:
    return int(site.ask_database(SUM)[0])


def test_a_process_that_ends_loses_no_view_and_a_killed_one_a_few_seconds(
    site: RunningSite,
) -> None:
    web = site.processes[-1].pid
    read(site, VIEWS)
    for worker in workers_of(web):
        os.kill(worker, signal.SIGTERM)
    _wait_for(site, VIEWS)
    before = workers_of(web)
    read(site, VIEWS)
    for worker in before:
        os.kill(worker, signal.SIGKILL)
    site.wait_until_ready()
    read(site, 1)
    os.kill(web, signal.SIGHUP)  # new processes for all
    _wait_for(site, VIEWS + 1)
    assert VIEWS < views(site) <= 2 * VIEWS + 1


def _wait_for(site: RunningSite, number: int) -> None:
    give_up = time.monotonic() + 30
    while views(site) < number:
        assert time.monotonic() < give_up
        time.sleep(0.2)
