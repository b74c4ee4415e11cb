from collections.abc import Callable

import pytest
from django.test import Client

from clinic_site.clinic.current import today_at_clinic
from clinic_site.page_views.counting import notes, writing
from clinic_site.page_views.models import DailyCount
from tests.front import FrontClient

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
Counted = Callable[[str], dict[str, int]]


@pytest.fixture(autouse=True)
def _nothing_noted() -> None:
    notes.take_notes()
    writing._unwritten.clear()


@pytest.fixture
def reader() -> Client:
    """A client that says what a browser says."""
    return FrontClient(headers={"user-agent": BROWSER})


@pytest.fixture
def counted() -> Counted:
    """Write what has been noted; return today's numbers of a kind."""

    def read(kind: str) -> dict[str, int]:
        writing.write_counts()
        rows = DailyCount.objects.filter(kind=kind, day=today_at_clinic())
        return dict(rows.values_list("name", "number"))

    return read
