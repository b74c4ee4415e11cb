from collections.abc import Iterator

import pytest
import time_machine

from tests.admin.factories import FullClinic, make_full_clinic
from tests.booking.factories import MONDAY_MORNING


@pytest.fixture
def full_clinic(db: None) -> Iterator[FullClinic]:
    with time_machine.travel(MONDAY_MORNING, tick=False):
        yield make_full_clinic()
