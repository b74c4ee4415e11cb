"""A PostgreSQL that takes connections and never answers holds nobody up: the site says so."""

import socket
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from tests.demo import copied_demo
from tests.running_site import STARTED_WITHIN, RunningSite

pytestmark = [pytest.mark.processes, pytest.mark.any_database]


@pytest.fixture
def site(tmp_path: Path) -> Iterator[RunningSite]:
    """A site whose database accepts whoever comes, and says nothing to them."""
    with copied_demo(tmp_path), socket.create_server(("127.0.0.1", 0), backlog=100) as silent:
        port = silent.getsockname()[1]
        url = f"postgres://clinic:secret@127.0.0.1:{port}/clinic"
        site = RunningSite(tmp_path, database_url=url)
        site.start("-m", "gunicorn", "--config", "gunicorn.conf.py", "clinic_site.wsgi")
        try:
            site.wait_until_alive()
            yield site
        finally:
            site.stop()


def answer(address: str) -> tuple[int, str]:
    try:
        with urlopen(address, timeout=STARTED_WITHIN) as page:  # noqa: S310
            return page.status, page.read().decode()
    except HTTPError as error:
        return error.code, error.read().decode()


def test_the_site_says_that_it_cannot_work_and_how_to_call(site: RunningSite) -> None:
    unready = answer(f"{site.url}/readyz")
    assert unready == (HTTPStatus.SERVICE_UNAVAILABLE, "database: takes no row\n")
    status, page = answer(f"{site.url}/book/")
    assert status == HTTPStatus.SERVICE_UNAVAILABLE
    assert "<h1" in page
    assert answer(f"{site.url}/healthz")[0] == HTTPStatus.OK
