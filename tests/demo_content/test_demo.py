"""The demo fills an empty site once, and touches no other."""

from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.utils import timezone

from blog.models import ArticlePage, TopicPage
from booking.models import (
    Appointment,
    ClassSession,
    Course,
    Practitioner,
    Service,
    ServicePage,
    WaitingListEntry,
)
from booking.numbers.counts import Measure
from booking.numbers.months import Month
from booking.numbers.read import Selection
from booking.numbers.report import report_of
from clinic_site.accounts.roles import Role
from clinic_site.admin.first_steps import first_steps
from clinic_site.clinic.models import ClinicDetails
from clinic_site.clinic.models.locations import Location
from clinic_site.clinic.models.people import Person
from clinic_site.mail.models import OutgoingEmail
from clinic_site.pages.models import HomePage
from demo.appointments import create_calendar
from demo.articles import ARTICLES
from demo.clinic import create_clinic
from demo.past_months import create_past_months
from demo.staff import create_accounts
from demo.waiting_list import create_waiting_list
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
def test_of_what_an_owner_sets_up_first_it_leaves_the_lawyers_part(demo: Path) -> None:
    left = [str(shown.step.label) for shown in first_steps() if not shown.is_done]
    assert left == [
        "Check the notice of privacy practices",
        "Have backups made",
        "Take the demo away",
    ]


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
@pytest.mark.any_database
@pytest.mark.django_db
# On the last, a Monday after hours, every patient has a visit on the day of the full class.
@pytest.mark.parametrize("now", ["2027-03-10 03:00", "2027-03-10 13:00", "2026-11-30 18:20"])
def test_the_calendar_is_that_of_a_clinic_at_work(now: str) -> None:
    clinic_time = datetime.fromisoformat(now).replace(tzinfo=ZoneInfo("America/Los_Angeles"))
    with time_machine.travel(clinic_time):
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
    assert not any(email.to.endswith("@patient.example") for email in OutgoingEmail.objects.all())
    tonight = clinic_time.replace(hour=23)
    tomorrow = clinic_time.replace(hour=14) + timedelta(days=1)
    course = Course.objects.with_counts(tonight).get()
    assert (course.size, course.kept, course.left) == (6, 2, 4)
    dates = ClassSession.objects.open().with_counts().filter(starts_at__gt=tomorrow)
    full, *others = dates.filter(taken__gt=0).order_by("starts_at")
    assert (full.taken, full.seats, full.waiting) == (6, 6, 1)
    assert [session.taken for session in others] == [4, 1]


@pytest.mark.slow
@pytest.mark.any_database
@pytest.mark.django_db
@pytest.mark.parametrize("day", range(7))
def test_on_whatever_day_it_is_loaded_a_class_is_full_and_somebody_waits(day: int) -> None:
    # The first is a Monday, after the last class of the day.
    loaded = datetime(2026, 11, 30, 18, tzinfo=ZoneInfo("America/Los_Angeles"))
    with time_machine.travel(loaded + timedelta(days=day, hours=-4 * day)):
        create_clinic()
        create_accounts()
        create_calendar()
        create_waiting_list()
        [full] = ClassSession.objects.open().with_counts().filter(waiting=1)
    assert (full.taken, full.seats) == (6, 6)


@pytest.mark.slow
@pytest.mark.any_database
@pytest.mark.django_db
def test_the_year_before_is_what_counting_by_hand_says() -> None:
    with time_machine.travel(datetime(2027, 3, 10, 13, tzinfo=ZoneInfo("America/Los_Angeles"))):
        create_clinic()
        create_accounts()
        create_calendar()
        create_waiting_list()
        create_past_months()
        location = Location.objects.get()
        report = report_of(Month(2027, 1), Selection(), {location.pk: location}, timezone.now())
        january = report.of_month(Month(2027, 1))
    past = Appointment.objects.filter(reference__startswith="DEM3", starts_at__year=2027)
    zone = ZoneInfo("America/Los_Angeles")
    numbers = [
        int(visit.reference.removeprefix("DEM3-"))
        for visit in past
        if visit.starts_at and visit.starts_at.astimezone(zone).month == 1
    ]
    assert len(numbers) > 60
    came = [number for number in numbers if number % 11 not in (5, 6)]
    assert january.of(Measure.VISITS) == len(came)
    assert january.of(Measure.FIRST_VISITS) == len([n for n in came if n % 6 == 0])
    assert january.of(Measure.NO_SHOWS) == len([n for n in numbers if n % 11 == 5])
    assert january.of(Measure.LATE_CANCELLATIONS) == len([n for n in numbers if n % 11 == 6])
    assert WaitingListEntry.objects.filter(without_visit=True).count() == 2
