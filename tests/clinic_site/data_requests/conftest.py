"""A small town: Jo, who booked and commented, a family with one phone, and others."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine
from django.conf import LazySettings
from django.test import Client

from blog.models import ArticlePage
from booking.models import Appointment, Practitioner, Service
from clinic_site.accounts.models import User
from clinic_site.clinic.models import ClinicDetails
from clinic_site.logs.formatters import LineFormatter
from tests.booking.factories import (
    IN_TWO_DAYS,
    MONDAY_MORNING,
    book,
    make_practitioner,
    make_service,
)
from tests.factories import make_article, make_user

JO = "jo@patient.example"
FAMILY = "+18055550177"


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MONDAY_MORNING, tick=False) as traveller:
        yield traveller


@pytest.fixture
def service(clinic: ClinicDetails) -> Service:
    return make_service()


@pytest.fixture
def robin(service: Service) -> Practitioner:
    return make_practitioner("Robin Alvarez", service)


@pytest.fixture
def article(clinic: ClinicDetails) -> ArticlePage:
    return make_article()


@pytest.fixture
def jo(service: Service, robin: Practitioner) -> Appointment:
    """Jo’s visit, agreed, in two days."""
    return book(
        service,
        IN_TWO_DAYS,
        name="Jo O’Brien",
        phone="+18055550123",
        email=JO,
        access_needs="A ramp, please.",
        note="It hurts on stairs.",
    )


@pytest.fixture
def owner(db: None) -> User:
    user = make_user("Owners", email="owner@clinic.example", first_name="Dana")
    assert isinstance(user, User)
    return user


@pytest.fixture
def owners_browser(client: Client, owner: User) -> Client:
    client.force_login(owner)
    return client


@pytest.fixture
def var_dir(tmp_path: Path, settings: LazySettings) -> Iterator[Path]:
    """Emails become files, and the log is one."""
    settings.VAR_DIR, settings.MAIL_TRANSPORT = (
        tmp_path,
        "django.core.mail.backends.filebased.EmailBackend",
    )
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    log = logging.FileHandler(tmp_path / "site.log")
    log.setFormatter(LineFormatter())
    root = logging.getLogger()
    root.addHandler(log)
    yield tmp_path
    root.removeHandler(log)
    log.close()


@pytest.fixture
def town(
    clinic: ClinicDetails, service: Service, robin: Practitioner, article: ArticlePage
) -> ArticlePage:
    return article
