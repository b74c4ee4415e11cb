from datetime import timedelta

import pytest

from clinic_site.access_log.models import AccessLine, AccessSeal
from clinic_site.access_log.sealing import seal_lines
from tests.booking.conftest import service
from tests.clinic_site.access_log.chain import NOON, write

__all__ = ["no_lines", "sealed", "service"]


@pytest.fixture
def no_lines(db: None) -> None:
    """Without what the making of roles has left."""
    AccessLine.objects.all()._raw_delete("default")


@pytest.fixture
def sealed(no_lines: None) -> list[AccessSeal]:
    """Three seals, each of four lines."""
    for hour in range(3):
        write(4, NOON + timedelta(hours=hour))
        seal_lines(NOON + timedelta(hours=hour, minutes=1))
    return list(AccessSeal.objects.order_by("number"))
