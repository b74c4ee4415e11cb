"""What is wrong is told in words, once, to whoever can do something about it."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest
from django.conf import LazySettings
from django.utils import timezone

from clinic_site.accounts.models import User
from clinic_site.accounts.roles import Role
from clinic_site.health.alarms import tell_of_problems
from clinic_site.health.facts import Disk, read_facts
from clinic_site.health.models import Alarm
from clinic_site.health.problems import problems
from clinic_site.jobs.models import JobStatus
from clinic_site.mail.models import OutgoingEmail
from clinic_site.mail.outbox import queue_row
from tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def now() -> datetime:
    return timezone.now()


@pytest.fixture(autouse=True)
def _well(now: datetime) -> None:
    for name in ("periodic jobs", "backup", "mail"):
        JobStatus.objects.create(name=name, started_at=now, succeeded_at=now)


@pytest.fixture
def owner(db: None) -> User:
    return make_user(Role.OWNERS)


def names(now: datetime) -> list[str]:
    return [problem.name for problem in problems(read_facts(now))]


def email(now: datetime, **fields: Any) -> OutgoingEmail:
    words = {"subject": "Your visit", "text": "canary text", "html": ""}
    return queue_row(to="canary@patient.example", due_at=now, **words, **fields)


def test_a_site_that_is_well_has_no_problem(now: datetime) -> None:
    email(now)
    assert names(now) == []


def test_a_worker_without_a_sign_of_life_is_a_problem(now: datetime) -> None:
    assert names(now + timedelta(minutes=6)) == ["worker"]
    JobStatus.objects.filter(name="periodic jobs").delete()
    assert names(now) == ["worker"]


def test_emails_that_nobody_takes_are_a_problem(now: datetime) -> None:
    email(now, attempts=4)
    assert names(now) == ["mail refused"]
    email(now - timedelta(minutes=20))
    assert names(now) == ["mail refused", "mail waits"]


def test_a_job_is_a_problem_until_it_succeeds(now: datetime) -> None:
    job = JobStatus.objects.create(name="remind", failed_at=now, last_error="ValueError")
    assert names(now) == ["job remind"]
    job.succeeded_at = now
    job.save()
    assert names(now) == []


def test_a_backup_is_missed(now: datetime) -> None:
    assert names(now + timedelta(days=3)) == ["worker", "old backup"]
    JobStatus.objects.filter(name="backup").delete()
    assert names(now) == ["no backup"]


def test_a_disk_is_full_before_it_is(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    for disk, found in ((Disk(5 * 10**8, 10**11), ["disk"]), (Disk(5 * 10**8, 10**9), [])):
        monkeypatch.setattr("clinic_site.health.facts._disk", lambda disk=disk: disk)
        assert names(now) == found


def test_owners_get_one_email_for_each_event(now: datetime, owner: User) -> None:
    make_user(Role.EDITORS)
    job = JobStatus.objects.create(name="remind", failed_at=now, last_error="ValueError")
    tell_of_problems(now)
    tell_of_problems(now)
    told = OutgoingEmail.objects.get()
    assert told.to == "owners@clinic.example"
    assert "remind" in told.text
    job.delete()
    tell_of_problems(now)
    assert not Alarm.objects.exists()
    JobStatus.objects.create(name="remind", failed_at=now, last_error="ValueError")
    tell_of_problems(now)
    assert OutgoingEmail.objects.count() == 2


@pytest.fixture
def called(settings: LazySettings) -> Iterator[list[dict[str, Any]]]:
    """What ALARM_URL has been told."""
    told: list[dict[str, Any]] = []

    class Answering(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            told.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_args: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Answering)
    settings.ALARM_URL = f"http://127.0.0.1:{server.server_port}/hook"
    Thread(target=server.serve_forever, daemon=True).start()
    yield told
    server.shutdown()
    server.server_close()


def test_when_email_fails_the_alarm_address_is_called(
    now: datetime, owner: User, called: list[dict[str, Any]]
) -> None:
    JobStatus.objects.create(name="remind", failed_at=now, last_error="ValueError")
    tell_of_problems(now)
    assert called == [], "an email can tell of that"
    email(now, attempts=5)
    tell_of_problems(now)
    tell_of_problems(now)
    assert [problem["name"] for problem in called[0]["problems"]] == ["mail refused"]
    assert len(called) == 1
    assert "canary" not in json.dumps(called)


def test_an_alarm_address_that_does_not_answer_keeps_no_email(
    now: datetime, owner: User, settings: LazySettings
) -> None:
    settings.ALARM_URL = "http://127.0.0.1:1/hook"
    email(now, attempts=5)
    with pytest.raises(OSError, match="refused"):
        tell_of_problems(now)
    assert OutgoingEmail.objects.filter(attempts=0).count() == 1
