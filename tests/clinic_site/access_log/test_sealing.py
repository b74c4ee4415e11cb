"""Lines are sealed in a chain: what was changed, added or taken away is told, and where."""

import json
import threading
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.management import call_command
from django.db import connection

from clinic_site.access_log.models import AccessLine, AccessSeal
from clinic_site.access_log.sealing import TakenMeanwhile, end_lines, seal_lines
from clinic_site.jobs.periodic import run_due_jobs
from clinic_site.privacy.retention import end_what_is_over, set_days
from tests.clinic_site.access_log.chain import NOON, rewrite, take_away, verify, write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_lines")]


def seal_gone(seal: AccessSeal) -> None:
    take_away(AccessLine.objects.filter(seal=seal))
    take_away(AccessSeal.objects.filter(pk=seal.pk))


def test_all_lines_get_a_seal_in_batches_and_the_log_is_whole() -> None:
    write(1203)
    assert seal_lines(NOON) == 1203
    assert [seal.count for seal in AccessSeal.objects.order_by("number")] == [500, 500, 203]
    assert not AccessLine.objects.unsealed().exists()
    assert verify() == ""
    assert seal_lines(NOON) == 0


def test_the_worker_seals_by_itself() -> None:
    write(3)
    run_due_jobs(NOON)
    assert AccessSeal.objects.exists()
    assert not AccessLine.objects.unsealed().exists()


def test_a_line_that_arrives_late_is_in_the_next_seal(sealed: list[AccessSeal]) -> None:
    assert sealed[0].lines.exists()
    AccessLine.objects.bulk_create(
        AccessLine(pk=pk, kind="look", at=NOON + timedelta(hours=4)) for pk in (10**6, 10**6 - 1)
    )
    seal_lines(NOON + timedelta(hours=4))
    assert AccessLine.objects.get(pk=10**6).seal == AccessSeal.objects.get(number=4)
    assert verify() == ""


@pytest.mark.parametrize(
    "fields", [{"account": 8}, {"record": 99}, {"at": NOON}, {"details": "x"}, {"via": "x"}]
)
def test_a_line_that_was_changed_is_told(sealed: list[AccessSeal], fields: dict[str, Any]) -> None:
    first = AccessLine.objects.filter(seal=sealed[1]).order_by("pk")[:1]
    rewrite(AccessLine.objects.filter(pk__in=[line.pk for line in first]), **fields)
    assert verify().startswith("Seal 2 of")
    assert "a line was changed" in verify()


def test_a_line_that_was_taken_away_or_put_in_is_told(sealed: list[AccessSeal]) -> None:
    first = AccessLine.objects.filter(seal=sealed[0]).order_by("pk")[:1]
    take_away(AccessLine.objects.filter(pk__in=[line.pk for line in first]))
    assert "Seal 1" in verify()
    assert "has 3 lines of 4" in verify()
    AccessLine.objects.bulk_create([AccessLine(kind="look", seal=sealed[2])])
    assert "has 5 lines of 4" in verify()


def test_a_seal_that_is_gone_with_its_lines_is_told(sealed: list[AccessSeal]) -> None:
    seal_gone(sealed[1])
    assert "Seal 2 is missing" in verify()


def test_the_newest_that_is_gone_is_told_by_what_the_log_host_has(sealed: list[AccessSeal]) -> None:
    newest = sealed[2].chain_hash
    assert verify(expect=newest) == ""
    seal_gone(sealed[2])
    assert verify() == ""
    assert newest in verify(expect=newest)


def test_without_it_the_command_says_what_it_cannot_see(
    sealed: list[AccessSeal], capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("verify_access_log")
    assert "newer seals were taken away" in capsys.readouterr().out
    call_command("verify_access_log", expect=sealed[-1].chain_hash)
    assert "newer seals" not in capsys.readouterr().out


def test_nobody_without_the_keys_can_make_another_chain(
    sealed: list[AccessSeal], settings: LazySettings
) -> None:
    """They change a line and compute all that follows anew, as the code does."""
    ours = settings.ENCRYPTION_KEYS
    settings.ENCRYPTION_KEYS = ["a key that somebody else has made up, long enough"]
    lines = list(AccessLine.objects.order_by("pk").values("kind", "at", "table", "record"))
    AccessLine.objects.all()._raw_delete("default")
    AccessSeal.objects.all()._raw_delete("default")  # type: ignore[attr-defined]
    for first in (0, 4, 8):
        AccessLine.objects.bulk_create(
            AccessLine(**line, account=8) for line in lines[first : first + 4]
        )
        seal_lines(NOON)
    settings.ENCRYPTION_KEYS = ours
    assert verify().count("was not made with a key of this site") == 3


def test_lines_that_another_worker_takes_meanwhile_are_in_its_seal_alone() -> None:
    """The other one commits after this one has read the lines, and before it reads the seals."""
    write(4)
    others = []

    def other_first(execute: Any, sql: str, *args: Any) -> Any:
        if not others and "access_log_accessseal" in sql:
            others.append(True)
            seal_lines(NOON)
        return execute(sql, *args)

    with connection.execute_wrapper(other_first), pytest.raises(TakenMeanwhile):
        seal_lines(NOON)
    seal_lines(NOON)
    assert verify() == ""
    assert AccessSeal.objects.get().count == 4


def test_the_chain_holds_when_the_key_is_changed(
    sealed: list[AccessSeal], settings: LazySettings
) -> None:
    old = settings.ENCRYPTION_KEYS
    settings.ENCRYPTION_KEYS = ["a new key that is long enough for everybody", *old]
    assert verify() == ""
    call_command("rotate_keys", stdout=StringIO())
    settings.ENCRYPTION_KEYS = settings.ENCRYPTION_KEYS[:1]
    assert verify() == ""


def test_what_is_kept_long_enough_goes_by_whole_seals_and_the_chain_holds(
    sealed: list[AccessSeal],
) -> None:
    assert end_lines(NOON + timedelta(hours=1), 500) == 4  # the second begins at that instant
    assert verify() == ""
    assert AccessSeal.objects.count() == 3
    assert sorted({*AccessLine.objects.values_list("seal__number", flat=True)}) == [2, 3]
    write(1, NOON + timedelta(hours=5))
    seal_lines(NOON + timedelta(hours=5))
    assert verify() == ""


@pytest.mark.parametrize(("days", "left"), [(7 * 365 - 1, 12), (7 * 365 + 1, 0)])
def test_lines_are_kept_for_seven_years_unless_owners_say_otherwise(
    sealed: list[AccessSeal], days: int, left: int
) -> None:
    end_what_is_over(NOON + timedelta(days=days))
    assert AccessLine.objects.filter(kind="look").count() == left
    set_days({"access_log.lines": 7 * 365 - 2})
    end_what_is_over(NOON + timedelta(days=days))
    assert not AccessLine.objects.filter(kind="look").exists()
    assert verify() == "" or "wait for a seal" in verify()


def test_nobody_ends_a_seal_early_to_hide_its_lines(sealed: list[AccessSeal]) -> None:
    take_away(AccessLine.objects.filter(seal=sealed[2]))
    rewrite(AccessSeal.objects.filter(pk=sealed[2].pk), ended_before=NOON + timedelta(days=9999))
    assert "was not made with a key of this site" in verify()


def test_the_log_host_gets_each_sealed_line_once(sealed: list[AccessSeal]) -> None:
    write(2, NOON + timedelta(hours=6))  # not sealed yet

    def handed_over(since: int) -> list[dict[str, Any]]:
        told = StringIO()
        call_command("export_access_log", since=since, stdout=told)
        return [json.loads(line) for line in told.getvalue().splitlines()]

    first = handed_over(0)
    assert [one["in_seal"] for one in first if "in_seal" in one] == [1] * 4 + [2] * 4 + [3] * 4
    assert first[-1]["chain_hash"] == sealed[2].chain_hash
    assert first[0]["at"] == "2027-01-04T12:00:00+00:00"
    assert handed_over(3) == []
    seal_lines(NOON + timedelta(hours=7))
    assert [one.get("in_seal") for one in handed_over(3)] == [4, 4, None]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_workers_at_once_seal_each_line_once() -> None:
    AccessLine.objects.all()._raw_delete("default")
    write(1600)
    failed = []

    def work() -> None:
        try:
            seal_lines(NOON)
        except Exception as error:
            failed.append(error)
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _number in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    seal_lines(NOON)
    assert sum(AccessSeal.objects.values_list("count", flat=True)) == 1600
    assert verify() == ""
