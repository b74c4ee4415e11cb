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
from tests import clock
from tests.database import copy_empty_database
from tests.demo import connected_to, copied_demo, drop_template
from tests.factories import make_clinic


def pytest_configure(config: pytest.Config) -> None:
    """Tests that set no clock of their own see the run's; see `tests.clock`."""
    gc.set_threshold(100_000, 50, 100)  # what modules hold never becomes garbage
    clock.run_name()
    config.add_cleanup(clock.start().stop)


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):  # the parallel workers have ended
        drop_template()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever commits is slow: after it the database is emptied and filled again."""
    for item in items:
        database = item.get_closest_marker("django_db")
        if database and database.kwargs.get("transaction"):
            item.add_marker(pytest.mark.slow)


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
    """On SQLite the database is not migrated again, unless `--create-db` asks for it."""
    return django_db_keepdb or connection.vendor == "sqlite"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings: None, django_db_keepdb: bool, django_db_createdb: bool
) -> None:
    if connection.vendor == "sqlite" and not django_db_createdb:
        copy_empty_database(Path(connection.settings_dict["TEST"]["NAME"]))


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


@pytest.fixture
def clinic(db: None) -> ClinicDetails:
    """A clinic that is open from Monday to Friday, and nothing else."""
    return make_clinic()


@pytest.fixture
def careful_client() -> Client:
    """A client whose posts are checked as a browser's are."""
    return Client(enforce_csrf_checks=True)
