"""The demo fills an empty site once, and touches no other."""

from collections import Counter
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.core.management import call_command

from blog.models import ArticlePage, TopicPage
from booking.models import Appointment, Practitioner, Service, ServicePage
from clinic_site.accounts.roles import Role
from clinic_site.clinic.models import ClinicDetails
from clinic_site.clinic.models.people import Person
from clinic_site.mail.models import OutgoingMail
from clinic_site.pages.models import HomePage
from demo.appointments import create_calendar
from demo.articles import ARTICLES
from demo.clinic import create_clinic
from demo.staff import create_accounts
from tests.factories import make_clinic


@pytest.mark.processes
def test_an_empty_site_gets_the_clinic_its_articles_and_an_account_for_each_role(
    demo: Path,
) -> None:
    titles = set(ArticlePage.objects.values_list("title", flat=True))
    assert titles == {article.title for article in ARTICLES} >= {"Psoas? So What?!"}
    file = demo / "demo-accounts.txt"
    lines = file.read_text().splitlines()
    accounts = [line.split()[:2] for line in lines]
    assert all(any(line.endswith(f"{role})") for line in lines) for role in Role)
    for name, password in accounts:
        assert get_user_model().objects.get(username=name).check_password(password)
    assert file.stat().st_mode & 0o077 == 0


@pytest.mark.processes
def test_its_people_have_faces_and_its_services_pages(demo: Path) -> None:
    people = Person.objects.all()
    assert len({person.photo.file_hash for person in people if person.photo}) == len(people) == 4
    pages = ServicePage.objects.live()
    assert {page.service for page in pages} == set(Service.objects.bookable())


@pytest.mark.processes
def test_a_second_time_changes_nothing(demo: Path) -> None:
    for topic in TopicPage.objects.all():
        topic.delete()
    HomePage.objects.update(seo_title="Ours")
    call_command("load_demo")
    assert HomePage.objects.get().seo_title == "Ours"
    assert not TopicPage.objects.exists()


@pytest.mark.django_db
def test_a_clinic_that_has_begun_is_left_alone() -> None:
    make_clinic(name="Bodies at Ease")
    call_command("load_demo")
    assert ClinicDetails.load().name == "Bodies at Ease"
    assert not get_user_model().objects.exists()


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("hour", [3, 13])
def test_the_calendar_is_that_of_a_clinic_at_work(hour: int) -> None:
    with time_machine.travel(datetime(2027, 3, 10, hour, tzinfo=ZoneInfo("America/Los_Angeles"))):
        create_clinic()
        create_accounts()
        create_calendar()
    states = Counter(Appointment.objects.values_list("state", flat=True))
    assert sum(states.values()) > 40, states
    assert set(states) >= {
        "requested",
        "proposed",
        "confirmed",
        "declined",
        "canceled",
        "completed",
        "no_show",
    }
    assert set(Practitioner.objects.filter(claims__isnull=False)) == set(Practitioner.objects.all())
    assert Practitioner.objects.count() == 4
    assert not any(mail.to.endswith("@patient.example") for mail in OutgoingMail.objects.all())
