"""A row that is due goes to one worker, however many have read it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from clinic_site.jobs.claim import CLAIM, claim_row, claimed
from clinic_site.jobs.models import JobSchedule
from tests.threads import at_once

pytestmark = pytest.mark.django_db


def schedule() -> JobSchedule:
    return JobSchedule.objects.get_or_create(name="a job", defaults={"due_at": timezone.now()})[0]


def test_a_row_is_taken_by_one_of_two_workers_that_have_read_it() -> None:
    first, second = schedule(), schedule()
    now = timezone.now()
    assert [claim_row(first, now=now), claim_row(second, now=now)] == [True, False]
    assert first.due_at == schedule().due_at == now + CLAIM


def test_a_row_that_was_taken_and_is_due_again_must_be_read_again() -> None:
    stale, now = schedule(), timezone.now()
    claim_row(schedule(), now=now, until=now + timedelta(minutes=1))
    later = now + timedelta(minutes=2)
    assert not claim_row(stale, now=later)
    assert claim_row(schedule(), now=later)


def test_a_row_that_is_not_due_is_left_alone() -> None:
    assert not claim_row(schedule(), now=timezone.now() - timedelta(seconds=1))


def test_a_claim_that_another_has_taken_over_is_over() -> None:
    mine, now = schedule(), timezone.now()
    claim_row(mine, now=now)
    assert claimed(mine).exists()
    claim_row(schedule(), now=now + CLAIM)
    assert not claimed(mine).exists()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_many_workers_at_once_take_a_row_once() -> None:
    row, now = schedule(), timezone.now()
    assert sum(at_once(lambda: claim_row(JobSchedule(row.pk, row.due_at), now=now))) == 1
