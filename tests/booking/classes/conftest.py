from datetime import date, time

import pytest
from django.test import Client

from booking.actions.classes.schedules import create_schedule
from booking.models import ClassSchedule, ClassSession, Practitioner, Service
from clinic_site.accounts.models import User
from clinic_site.clinic.models import ClinicDetails
from clinic_site.clinic.models.locations import Location
from tests.booking.classes.factories import make_class, make_session
from tests.booking.factories import make_practitioner
from tests.factories import make_user


@pytest.fixture
def group_class(clinic: ClinicDetails) -> Service:
    """A class of six that is booked online."""
    return make_class()


@pytest.fixture
def theo(group_class: Service) -> Practitioner:
    """Who gives the class."""
    return make_practitioner("Theo Lindqvist", group_class)


@pytest.fixture
def session(group_class: Service, theo: Practitioner) -> ClassSession:
    """The class this Wednesday at nine."""
    return make_session(group_class, theo)


@pytest.fixture
def service(group_class: Service) -> Service:
    """What the desk's own fixture wants: a clinic with something to book."""
    return group_class


@pytest.fixture
def staff(desk: Client) -> User:
    """Whoever is signed in at the desk."""
    return User.objects.get()


@pytest.fixture
def owner(client: Client, group_class: Service) -> Client:
    client.force_login(make_user("Owners"))
    return client


@pytest.fixture
def weekly(owner: Client, group_class: Service, theo: Practitioner) -> ClassSchedule:
    """Wednesdays at nine, six seats."""
    schedule = ClassSchedule(
        service=group_class,
        practitioner=theo,
        location=Location.objects.get(),
        weekday=2,
        begins=time(9),
        seats=6,
        first_day=date(2027, 1, 4),
    )
    create_schedule(schedule, by=User.objects.get())
    return schedule
