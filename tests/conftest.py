from collections.abc import Iterator

import pytest
from django.core.cache import caches
from django.test import Client
from django.utils import timezone

from tests import clock


def pytest_configure(config: pytest.Config) -> None:
    """Tests that set no clock of their own see the run's; see `tests.clock`."""
    config.add_cleanup(clock.start().stop)


def pytest_report_header() -> str:
    now = timezone.localtime()
    return f"clock: {now:%A, %Y-%m-%d %H:%M %Z}"


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    """Pages and their addresses are kept in caches; no test inherits another's."""
    for cache in caches.all():
        cache.clear()
    yield
    for cache in caches.all():
        cache.clear()


@pytest.fixture
def careful_client() -> Client:
    """A client whose posts are checked as a browser's are."""
    return Client(enforce_csrf_checks=True)
