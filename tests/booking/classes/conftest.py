import pytest
from django.test import Client

from booking.models import ClassSession, Practitioner, Service
from clinic_site.accounts.models import User
from clinic_site.clinic.models import ClinicDetails
from tests.booking.classes.factories import make_class, make_session
from tests.booking.factories import make_practitioner


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
