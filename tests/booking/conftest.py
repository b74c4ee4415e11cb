from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client

from booking.models import Appointment, Practitioner, Service
from clinic_site.accounts.models import User
from clinic_site.clinic.models import ClinicDetails
from tests.booking.factories import (
    MONDAY_MORNING,
    make_appointment,
    make_practitioner,
    make_service,
)
from tests.factories import make_user


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MONDAY_MORNING, tick=False) as traveller:
        yield traveller


@pytest.fixture
def service(clinic: ClinicDetails) -> Service:
    """An open clinic with one service that can be booked."""
    return make_service()


@pytest.fixture
def robin(service: Service) -> Practitioner:
    """Somebody who does the service, Monday to Friday from nine to five."""
    return make_practitioner("Robin Alvarez", service)


@pytest.fixture
def staff(db: None) -> User:
    """Somebody of the front desk."""
    user = make_user("Front desk")
    assert isinstance(user, User)
    return user


@pytest.fixture
def appointment(service: Service) -> Appointment:
    return make_appointment(note="Please call after five.")


@pytest.fixture
def desk(client: Client, service: Service) -> Client:
    """The browser of somebody who is signed in at the front desk."""
    client.force_login(make_user("Front desk", first_name="Sam", last_name="Lee"))
    return client
