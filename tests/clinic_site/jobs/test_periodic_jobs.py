"""The worker does each periodic job once when it is due, however many workers there are."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from clinic_site.jobs import periodic
from clinic_site.jobs.models import JobSchedule
from tests.factories import make_article, make_clinic
from tests.threads import at_once

NOON = datetime(2027, 1, 31, 20, tzinfo=UTC)


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """One job, each minute, that notes when it was done."""
    times: list[datetime] = []
    monkeypatch.setattr(periodic, "_jobs", {})
    periodic.register_job("note the time", times.append, periodic.every(minutes=1))
    return times


@pytest.mark.django_db
def test_a_job_is_done_when_it_is_due(done: list[datetime]) -> None:
    for seconds in (0, 30, 59, 60, 61, 119, 120):
        periodic.run_due_jobs(NOON + timedelta(seconds=seconds))
    assert [(time - NOON).seconds for time in done] == [0, 60, 120]


@pytest.mark.django_db
def test_a_job_that_fails_is_rolled_back_and_done_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(periodic, "_jobs", {})

    def fail(now: datetime) -> None:
        JobSchedule.objects.create(name="half done", due_at=now)
        raise RuntimeError

    times: list[datetime] = []
    periodic.register_job("fail", fail, periodic.every(days=30))
    periodic.register_job("note the time", times.append, periodic.every(minutes=1))
    assert periodic.run_due_jobs(NOON) == 1, "one that fails stops no other"
    assert not JobSchedule.objects.filter(name="half done").exists()
    assert JobSchedule.objects.get(name="fail").due_at == NOON + periodic.AFTER_A_FAILURE


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_many_workers_do_a_job_once(done: list[datetime]) -> None:
    at_once(lambda: periodic.run_due_jobs(NOON))
    assert done == [NOON]


def test_monthly_is_the_first_at_nine_by_the_sites_clock() -> None:
    late = datetime(2027, 2, 1, 7, 59, tzinfo=UTC)  # still January in California
    assert periodic.monthly(late) == datetime(2027, 2, 1, 17, tzinfo=UTC)
    december = datetime(2027, 12, 31, 20, tzinfo=UTC)
    assert periodic.monthly(december) == datetime(2028, 1, 1, 17, tzinfo=UTC)


@pytest.mark.django_db
def test_a_page_goes_live_and_comes_down_when_it_should(client: Client) -> None:
    make_clinic()
    now = timezone.now()
    article = make_article(
        live=False, go_live_at=now + timedelta(hours=1), expire_at=now + timedelta(hours=3)
    )
    article.save_revision().publish()
    seen = []
    for hours in (0, 2, 4):
        with time_machine.travel(now + timedelta(hours=hours), tick=False):
            call_command("worker", once=True)
            seen.append(client.get(article.url).status_code)
    assert seen == [404, 200, 404]
