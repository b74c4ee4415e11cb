"""Owners see how the site fares; Prometheus reads it by a token; neither learns of anybody."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client
from django.utils import timezone

from clinic_site.accounts.roles import Role
from clinic_site.admin.first_steps import first_steps
from clinic_site.jobs.models import JobStatus
from clinic_site.mail.models import OutgoingEmail
from clinic_site.mail.outbox import queue_row
from tests.factories import make_user

pytestmark = pytest.mark.django_db

TOKEN = "a-token-of-twenty-characters-or-more"
SAMPLE = re.compile(r'clinic_[a-z_]+(\{([a-z_]+="[^"]*",?)+\})? -?[0-9.e+]+')


@pytest.fixture
def emails(db: None) -> None:
    words = {"subject": "canary subject", "text": "canary text", "html": ""}
    later = timezone.now() + timedelta(hours=4)
    states: list[dict[str, Any]] = [
        {"attempts": 5, "last_error": "SMTPServerDisconnected", "subject_ref": "appointment 7"},
        {"state": "failed", "attempts": 1, "last_error": "Bounced"},
        {"attempts": 0},  # for later, and tried by nobody
    ]
    for fields in states:
        queue_row(to="canary@patient.example", due_at=later, **words, **fields)


def owner_client(client: Client) -> Client:
    client.force_login(make_user(Role.OWNERS))
    return client


@pytest.mark.usefixtures("emails")
def test_owners_read_what_is_wrong_and_nothing_of_patients(client: Client) -> None:
    page = owner_client(client).get("/admin/health/").content.decode()
    assert "The worker isn’t running" in page
    assert "The mail server doesn’t take emails" in page
    assert "appointment 7" in page
    assert re.search(r"<h1[^>]*>[^<]*(<svg.*?</svg>)?\s*Health\s*</h1>", page, re.DOTALL)
    assert "Bounced" in page
    assert "canary" not in page


def test_all_is_well(client: Client) -> None:
    now = timezone.now()
    for name in ("periodic jobs", "backup"):
        JobStatus.objects.create(name=name, started_at=now, succeeded_at=now)
    assert "All is well" in owner_client(client).get("/admin/health/").content.decode()


@pytest.mark.parametrize("role", [role for role in Role if role != Role.OWNERS])
def test_nobody_else_sees_it(role: Role, client: Client) -> None:
    client.force_login(make_user(role))
    assert client.get("/admin/health/").status_code == 302


@pytest.mark.usefixtures("emails")
def test_what_was_tried_in_vain_is_tried_again_at_once(client: Client) -> None:
    page = owner_client(client).post("/admin/health/", follow=True).content.decode()
    assert "1 email is tried again now" in page
    due = OutgoingEmail.objects.filter(state="waiting", due_at__lte=timezone.now())
    assert [email.attempts for email in due] == [5]


def test_there_are_no_metrics_without_a_token(client: Client, settings: LazySettings) -> None:
    settings.METRICS_TOKEN = ""
    assert client.get("/metrics").status_code == 404
    assert client.get("/metrics", headers={"authorization": "Bearer "}).status_code == 404
    settings.METRICS_TOKEN = TOKEN
    assert client.get("/metrics").status_code == 401
    assert client.get("/metrics", headers={"authorization": "Bearer wrong"}).status_code == 401
    assert client.post("/metrics").status_code == 405


@pytest.mark.usefixtures("emails")
def test_prometheus_reads_the_metrics(client: Client, settings: LazySettings) -> None:
    settings.METRICS_TOKEN = TOKEN
    JobStatus.objects.create(name='odd "job"', failed_at=timezone.now())
    answer = client.get("/metrics", headers={"authorization": f"Bearer {TOKEN}"})
    assert answer["Content-Type"].startswith("text/plain; version=0.0.4")
    lines = answer.content.decode().splitlines()
    assert 'clinic_emails{state="refused"} 1' in lines
    assert 'clinic_emails{state="failed"} 1' in lines
    assert 'clinic_job_failing{job="odd \\"job\\""} 1' in lines
    for line in lines:
        assert line.startswith("# ") or SAMPLE.fullmatch(line.replace('\\"', "")), line
    assert "canary" not in answer.content.decode()


def test_the_step_for_backups_is_done_after_the_first() -> None:
    def is_done() -> bool:
        return next(shown.is_done for shown in first_steps() if shown.step.order == 50)

    assert not is_done()
    JobStatus.objects.create(name="backup", succeeded_at=timezone.now())
    assert is_done()
