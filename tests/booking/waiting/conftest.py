import pytest
from django.test import Client

from clinic_site.accounts.models import User


@pytest.fixture
def user(desk: Client) -> User:
    return User.objects.get()
