"""A backup that is made while the site writes brings all of it back, in an empty place."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

import pytest
from django.conf import LazySettings
from django.core.management import call_command
from django.db import connections, transaction

from booking.models import Appointment
from clinic_site.backups.restoring import check_backup, restore
from clinic_site.backups.smoke import what_fails
from clinic_site.backups.writing import back_up
from clinic_site.data_requests.erasing import erase_findings
from clinic_site.data_requests.finding import find_person
from clinic_site.jobs.models import JobStatus
from comments.models import CannedReply
from tests.clinic_site.backups.places import another_place, files_below, held_by

# They look at the demo, which each has for itself.
pytestmark = pytest.mark.slow


@contextmanager
def writing_goes_on() -> Iterator[list[str]]:
    """Have a thread write two rows of two tables at a time; yield the names that are written."""
    stopping, names = Event(), list[str]()

    def write() -> None:
        while not stopping.is_set():
            name = f"pair {len(names)}"
            with transaction.atomic():
                CannedReply.objects.create(title=name, text="Thank you.")
                JobStatus.objects.create(name=name)
            names.append(name)
        connections.close_all()

    writer = Thread(target=write)
    writer.start()
    try:
        yield names
    finally:
        stopping.set()
        writer.join()


def test_a_backup_under_writes_is_of_one_moment(demo: Path) -> None:
    with writing_goes_on() as names:
        while len(names) < 5:
            pass
        written_before = len(names)
        back_up(demo / "site.age")
        written_after = len(names)
    held = held_by(demo / "site.age")
    pairs = {
        table: [row for row in held.rows[table] if any(str(one).startswith("pair ") for one in row)]
        for table in ("comments_cannedreply", "jobs_jobstatus")
    }
    assert len(pairs["comments_cannedreply"]) == len(pairs["jobs_jobstatus"])
    assert written_before <= len(pairs["jobs_jobstatus"]) < written_after, "nobody had to wait"


def test_every_table_and_every_file_is_there_again(
    demo: Path, settings: LazySettings, tmp_path: Path
) -> None:
    back_up(demo / "site.age")
    media = files_below(demo / "media")
    with another_place(tmp_path / "other", settings) as other:
        manifest, _contents = check_backup(demo / "site.age")
        restore(demo / "site.age", manifest, print)
        back_up(other / "again.age")
        assert list(what_fails()) == []
    first, second = held_by(demo / "site.age"), held_by(other / "again.age")
    assert first.rows["booking_appointment"]
    assert second.rows.keys() == first.rows.keys()
    assert [name for name in first.rows if second.rows[name] != first.rows[name]] == []
    assert second.files == first.files == media
    assert not list(tmp_path.glob("other/media.*"))


def test_what_was_erased_since_is_erased_again(demo: Path) -> None:
    patient = Appointment.objects.exclude(email_index="").order_by("pk").last()
    assert patient is not None
    back_up(demo / "site.age")
    people = find_person(patient.email)
    erase_findings([one for person in people for one in person.findings], by=None)
    manifest, _contents = check_backup(demo / "site.age")
    assert restore(demo / "site.age", manifest, print).erased_again >= 1
    again = Appointment.objects.get(pk=patient.pk)
    assert (again.name, again.email, again.phone) == ("", "", "")


def test_no_new_row_takes_the_number_of_a_deleted_one(
    demo: Path, settings: LazySettings, tmp_path: Path
) -> None:
    last = CannedReply.objects.create(title="Thanks", text="Thank you.")
    number = last.pk
    last.delete()
    back_up(demo / "site.age")
    with another_place(tmp_path / "other", settings):
        manifest, _contents = check_backup(demo / "site.age")
        restore(demo / "site.age", manifest, print)
        assert CannedReply.objects.create(title="Thanks", text="Thank you.").pk == number + 1


def test_the_commands_back_up_and_restore(
    demo: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    call_command("backup", demo / "site.age")
    assert "read again and whole" in capsys.readouterr().out
    Appointment.objects.filter(email_index="").delete()
    here = Appointment.objects.count()
    monkeypatch.setattr("builtins.input", lambda _question: "no")
    with pytest.raises(Exception, match="Nothing was changed"):
        call_command("restore", demo / "site.age")
    assert Appointment.objects.count() == here
    call_command("restore", demo / "site.age", "--yes")
    assert Appointment.objects.count() >= here
    assert "Start the site and its worker" in capsys.readouterr().out
