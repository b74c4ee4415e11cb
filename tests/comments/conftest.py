import pytest
from django.test import Client

from blog.models import ArticlePage
from clinic_site.accounts.models import User
from clinic_site.clinic.models import ClinicDetails
from tests.factories import make_article, make_user


@pytest.fixture
def article(clinic: ClinicDetails) -> ArticlePage:
    return make_article()


@pytest.fixture
def staff(db: None) -> User:
    user = make_user("Moderators")
    assert isinstance(user, User)
    return user


@pytest.fixture
def moderator(client: Client, staff: User) -> Client:
    """The browser of a moderator who is signed in."""
    client.force_login(staff)
    return client
