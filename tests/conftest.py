import gc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import LazySettings, global_settings
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.utils import timezone

from clinic_site.clinic.models import ClinicDetails
from tests import clock, postgresql
from tests.database import TEMPLATE, copy_empty_database
from tests.demo import RUNNING_TEMPLATE, connected_to, copied_demo
from tests.demo import TEMPLATE as DEMO_TEMPLATE
from tests.factories import make_clinic

ASK_A_DATABASE = {"db", "demo", "site"}  # the fixtures that do


def pytest_configure(config: pytest.Config) -> None:
    """Tests that set no clock of their own see the run's; see `tests.clock`."""
    gc.set_threshold(100_000, 50, 100)  # what modules hold never becomes garbage
    clock.run_name()
    config.add_cleanup(clock.start().stop)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave nothing on the server; SQLite's files are kept for the next run."""
    if postgresql.server() and not hasattr(config, "workerinput"):  # its workers have ended
        for template in (TEMPLATE, DEMO_TEMPLATE, RUNNING_TEMPLATE):
            postgresql.drop(postgresql.database(template))


def pytest_collection_modifyitems(items: list[pytest.Function]) -> None:
    for item in items:
        database, processes = map(item.get_closest_marker, ("django_db", "processes"))
        if database and database.kwargs.get("transaction"):
            # Whatever commits is slow: after it the database is emptied and filled again.
            item.add_marker(pytest.mark.slow)
        if not (database or processes or ASK_A_DATABASE.intersection(item.fixturenames)):
            item.add_marker(pytest.mark.any_database)


def pytest_report_header() -> str:
    now = timezone.localtime()
    return f"clock: {now:%A, %Y-%m-%d %H:%M %Z}"


@pytest.fixture(autouse=True)
def _beginning(request: pytest.FixtureRequest) -> Iterator[None]:
    """Every test begins at the same second, however long the others took: no hour ends within one.

    Those that watch other processes go by the clock that all of them share.
    """
    if any(map(request.node.get_closest_marker, ("browser", "processes"))):
        yield
    else:
        with time_machine.travel(clock.beginning().timestamp(), tick=True):
            yield


@pytest.fixture
def still_clock(_beginning: None) -> Iterator[time_machine.Traveller]:
    """A clock that stands: what is counted within an hour of the wall stays in that hour."""
    with time_machine.travel(clock.beginning().timestamp(), tick=False) as traveller:
        yield traveller


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_keepdb: bool) -> bool:
    """The database that has been copied is not made again, unless `--create-db` asks for it."""
    return True


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings: None, django_db_createdb: bool
) -> Iterator[None]:
    name = connection.settings_dict["TEST"]["NAME"]
    if not django_db_createdb:
        copy_empty_database(name)
    yield
    if postgresql.server():
        postgresql.drop(name)


@pytest.fixture
def demo(
    tmp_path: Path, settings: LazySettings, django_db_setup: None, django_db_blocker: Any
) -> Iterator[Path]:
    """A database with the demo clinic, this test's alone, and the folder of what belongs to it."""
    settings.VAR_DIR, settings.MEDIA_ROOT = tmp_path, tmp_path / "media"
    settings.PASSWORD_HASHERS = global_settings.PASSWORD_HASHERS  # those of the demo's accounts
    with copied_demo(tmp_path) as url, django_db_blocker.unblock(), connected_to(tmp_path, url):
        yield tmp_path


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    """Pages and their addresses are kept in caches; no test inherits another's."""
    for cache in caches.all():
        cache.clear()
    yield
    for cache in caches.all():
        cache.clear()


@pytest.fixture(autouse=True)
def _search_index(request: pytest.FixtureRequest, settings: LazySettings) -> None:
    """What is saved enters the index only where a test searches: it takes a third of a save."""
    if not request.node.get_closest_marker("search"):
        backend = settings.WAGTAILSEARCH_BACKENDS["default"]
        settings.WAGTAILSEARCH_BACKENDS = {"default": backend | {"AUTO_UPDATE": False}}


@pytest.fixture
def clinic(db: None) -> ClinicDetails:
    """A clinic that is open from Monday to Friday, and nothing else."""
    return make_clinic()


@pytest.fixture
def careful_client() -> Client:
    """A client whose posts are checked as a browser's are."""
    return Client(enforce_csrf_checks=True)
