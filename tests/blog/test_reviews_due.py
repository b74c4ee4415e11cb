"""Reviews that run out are in a report, and in an email to who looks after the article."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from blog.models import ArticlePage
from blog.reminders import remind_owners
from clinic_site.clinic.models import ClinicDetails
from clinic_site.jobs.periodic import run_due_jobs
from clinic_site.mail.models import OutgoingEmail
from tests.factories import make_article, make_reviewer, make_user

TODAY = timezone.localdate()


@pytest.fixture(autouse=True)
def _reviewer(clinic: ClinicDetails) -> None:
    make_reviewer()


def due_in(days: int, title: str = "Psoas? So What?!", **fields: object) -> ArticlePage:
    article = make_article(title, reviewed_on=TODAY, **fields)
    ArticlePage.objects.filter(pk=article.pk).update(review_due_on=TODAY + timedelta(days=days))
    return article


def test_the_report_lists_what_is_due_with_dates_and_owners(client: Client) -> None:
    owner = make_user("Editors", first_name="Ida", last_name="Lund")
    due_in(20, "Soon")
    due_in(-3, "Long ago", owner=owner)
    due_in(90, "Much later")
    due_in(-3, "A draft", live=False)
    client.force_login(owner)
    page = client.get(reverse("reviews_due")).content.decode()
    assert page.index("Long ago") < page.index("Soon")
    assert page.count("overdue") == 1
    assert "Ida Lund" in page
    assert "Much later" not in page
    assert "A draft" not in page


def test_the_report_is_for_those_who_edit_and_never_leaves_as_a_file(client: Client) -> None:
    due_in(0)
    for role, status in (("Front desk", 302), ("Moderators", 302), ("Editors", 200)):
        client.force_login(make_user(role))
        assert client.get(reverse("reviews_due")).status_code == status
        assert client.get(reverse("reviews_due_results")).status_code == status
    exported = client.get(reverse("reviews_due"), {"export": "csv"})
    assert exported["Content-Type"].startswith("text/html")


@pytest.mark.slow
def test_a_long_report_asks_no_more_of_the_database_than_a_short_one(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(30):
        due_in(number, f"Article {number}")
    client.force_login(make_user("Editors"))
    client.get(reverse("reviews_due"))
    with django_assert_max_num_queries(25):
        client.get(reverse("reviews_due"))


def test_each_owner_gets_an_email_about_their_own_articles() -> None:
    make_user("Owners")
    gone = make_user("Moderators", is_active=False)
    due_in(-3, "Hips", owner=make_user("Editors"))
    due_in(20, "Sitting", owner=make_user("Front desk"))
    due_in(20, "Knees", owner=make_user("Owners", username="chief", email="chief@clinic.example"))
    due_in(90, "Much later", owner=make_user("Practitioners"))
    due_in(0, "Nobody’s", owner=gone)
    remind_owners(timezone.now())
    emails = {email.to: email for email in OutgoingEmail.objects.all()}
    assert set(emails) == {
        "editors@clinic.example",
        "owners@clinic.example",
        "chief@clinic.example",
    }
    assert "Hips" in emails["editors@clinic.example"].text
    assert "Sitting" not in emails["editors@clinic.example"].text
    for title in ("Nobody’s", "Sitting"):  # who works at the front desk may not edit it
        assert title in emails["owners@clinic.example"].text
    assert "/edit/" in emails["editors@clinic.example"].text
    assert emails["editors@clinic.example"].subject == "An article is due for review"


@pytest.mark.slow
def test_the_email_goes_once_a_month() -> None:
    article = due_in(-3, owner=make_user("Editors"))
    ArticlePage.objects.filter(pk=article.pk).update(review_due_on=date(2026, 12, 1))
    start = datetime(2027, 1, 20, 20, tzinfo=UTC)
    for day in range(60):
        run_due_jobs(start + timedelta(days=day))
    # When the worker first runs, then on the first of February and of March.
    assert OutgoingEmail.objects.count() == 3
