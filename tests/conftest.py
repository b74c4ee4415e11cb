from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.test import Client


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    """Wagtail keeps addresses of pages in the cache; no test inherits another's."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def careful_client() -> Client:
    """A client whose posts are checked as a browser's are."""
    return Client(enforce_csrf_checks=True)
