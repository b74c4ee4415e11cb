"""What was done to the log behind the worker's back is told, and what is damaged stops nothing."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from clinic_site.access_log.models import AccessLine, AccessSeal
from clinic_site.access_log.sealing import end_lines, proof_of, seal_lines
from clinic_site.privacy.encryption import encrypt
from tests.clinic_site.access_log.chain import NOON, raw_proof, rewrite, take_away, verify, write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_lines")]


def test_what_the_worker_is_given_to_seal_anew_is_told(sealed: list[AccessSeal]) -> None:
    """Somebody takes a seal away and changes its lines; the worker seals them with our key."""
    rewrite(AccessLine.objects.filter(seal=sealed[2]), seal=None, account=8)
    take_away(AccessSeal.objects.filter(pk=sealed[2].pk))
    seal_lines(NOON + timedelta(hours=9))
    assert "Seal 3 of 2027-01-04 21:00 UTC has lines of 7 hours before" in verify()
    assert verify(stood_still=[2]) == verify()


def test_a_seal_that_is_late_since_no_worker_ran_can_be_named_as_such() -> None:
    write(3)
    seal_lines(NOON + timedelta(days=1))
    assert "say --stood-still 1" in verify()
    assert verify(stood_still=[1]) == ""


def test_a_proof_that_another_screen_has_encrypted_is_none(sealed: list[AccessSeal]) -> None:
    forged = encrypt(proof_of(sealed[2]), place="booking.patients.search")
    raw_proof(sealed[2], forged)
    assert "Seal 3 of 2027-01-04 14:01 UTC was not made with a key of this site" in verify()


def test_a_damaged_proof_stops_nothing(sealed: list[AccessSeal]) -> None:
    raw_proof(sealed[0], "damaged")
    raw_proof(sealed[2], "damaged")
    write(2, NOON + timedelta(hours=5))
    assert seal_lines(NOON + timedelta(hours=5)) == 2
    assert verify().count("was not made with a key of this site") == 2
    assert end_lines(NOON + timedelta(hours=9), 500) == 14


def test_lines_that_are_gone_from_a_seal_that_says_it_had_none_are_told(
    sealed: list[AccessSeal],
) -> None:
    take_away(AccessLine.objects.filter(seal=sealed[2]))
    rewrite(AccessSeal.objects.filter(pk=sealed[2].pk), count=0)
    assert "a line was changed, and all are gone" in verify()


def test_ended_seals_are_asked_for_their_lines_at_once(
    sealed: list[AccessSeal], django_assert_max_num_queries: Any
) -> None:
    end_lines(NOON + timedelta(hours=9), 500)
    with django_assert_max_num_queries(6):
        assert verify() == ""
    write(1)
    rewrite(AccessLine.objects.all(), seal=sealed[1])
    assert "Seal 2 of 2027-01-04 13:01 UTC says that its lines" in verify()


def test_what_the_worker_has_not_sealed_for_an_hour_is_told() -> None:
    write(2)
    with time_machine.travel(NOON + timedelta(minutes=59), tick=False):
        assert verify() == ""
    with time_machine.travel(NOON + timedelta(minutes=61), tick=False):
        assert "2 lines wait for a seal" in verify()
