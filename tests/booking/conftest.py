from collections.abc import Iterator

import pytest
import time_machine

from booking.models import Service
from tests.booking.make import MONDAY_MORNING, make_service
from tests.make import make_clinic


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MONDAY_MORNING, tick=False) as traveller:
        yield traveller


@pytest.fixture
def service(db: None) -> Service:
    """An open clinic with one service that can be booked."""
    make_clinic()
    return make_service()
