"""An owner moves in by the screen alone: a trial, the import, its report; the worker does it."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from blog.models import ArticlePage
from clinic_site.accounts.roles import Role
from tests.factories import make_clinic, make_user
from tests.wordpress.exports import export, item
from wordpress.models import ImportRun
from wordpress.runs import delete_old_exports, do_next_run, folder

START = "/admin/wordpress/"
State = ImportRun.State

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.fixture
def owner(client: Client, tmp_path: Path, settings: LazySettings) -> Client:
    settings.VAR_DIR, settings.MEDIA_ROOT = tmp_path, tmp_path / "media"
    make_clinic()
    client.force_login(make_user(Role.OWNERS))
    return client


def sent(name: str = "clinic.xml", text: str | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, (export(item(1)) if text is None else text).encode())


def test_a_trial_first_then_the_import_then_again(owner: Client) -> None:
    answer = owner.post(START, {"file": sent()})
    trial = ImportRun.objects.get()
    assert (answer["Location"], trial.dry_run) == (f"/admin/wordpress/{trial.pk}/", True)
    waiting = owner.get(answer["Location"])
    assert (waiting["Refresh"], "<progress" in waiting.content.decode()) == ("5", True)
    assert do_next_run() == 1
    assert not ArticlePage.objects.exists()
    report = owner.get(answer["Location"]).content.decode()
    assert "post: came: 1" in report
    owner.post(answer["Location"])
    assert (do_next_run(), do_next_run()) == (1, 0)
    article = ArticlePage.objects.get()
    run = ImportRun.objects.first()
    report = owner.get(f"/admin/wordpress/{run.pk}/").content.decode()
    assert "Import again" in report
    assert (run.state, article.title) == (State.DONE, "Sleep well")


def test_what_needs_a_look_leads_to_the_page_in_the_editor(owner: Client) -> None:
    owner.post(START, {"file": sent(text=export(item(1, excerpt=""))), "bring": "1"})
    do_next_run()
    report = owner.get(f"/admin/wordpress/{ImportRun.objects.get().pk}/").content.decode()
    assert f"/admin/pages/{ArticlePage.objects.get().pk}/edit/" in report
    assert "summary is missing" in report


@pytest.mark.parametrize(
    ("name", "fields", "words"),
    [
        ("clinic.xml", {"host": "not a host"}, "Please enter the name of a site"),
        ("clinic.pdf", {}, "its name ends in .xml"),
        ("", {}, "Please choose an export."),
        ("", {"export": "../../etc/passwd"}, "Select a valid choice"),
    ],
)
def test_bad_input_is_refused_beside_its_field_and_stays(
    owner: Client, name: str, fields: dict[str, str], words: str
) -> None:
    answer = owner.post(START, {**fields, **({"file": sent(name)} if name else {})})
    assert words in answer.content.decode()
    assert fields.get("host", "") in answer.content.decode()
    assert not ImportRun.objects.exists()


def test_a_file_that_is_no_export_fails_in_words(owner: Client) -> None:
    owner.post(START, {"file": sent(text="<html></html>")})
    do_next_run()
    run = ImportRun.objects.get()
    assert (run.state, run.problem) == (State.FAILED, "This file is no export of WordPress.")


def test_one_import_at_a_time(owner: Client) -> None:
    owner.post(START, {"file": sent()})
    answer = owner.post(START, {"file": sent()}, follow=True)
    assert ImportRun.objects.count() == 1
    assert "An import is under way" in answer.content.decode()


def test_an_import_whose_worker_died_is_taken_up_again(owner: Client) -> None:
    owner.post(START, {"file": sent(), "bring": "1"})
    ImportRun.objects.update(state=State.RUNNING, due_at=timezone.now() + timedelta(minutes=5))
    assert do_next_run() == 0
    ImportRun.objects.update(due_at=timezone.now())
    assert do_next_run() == 1
    assert ImportRun.objects.get().state == State.DONE


def test_exports_are_kept_for_thirty_days(owner: Client) -> None:
    owner.post(START, {"file": sent()})
    now = timezone.now()
    os.utime(folder() / "clinic.xml", (now.timestamp(), now.timestamp()))
    delete_old_exports(now + timedelta(days=29))
    assert [path.name for path in folder().iterdir()] == ["clinic.xml"]
    assert (folder() / "clinic.xml").stat().st_mode & 0o077 == 0
    delete_old_exports(now + timedelta(days=31))
    assert not list(folder().iterdir())


@pytest.mark.parametrize("role", [Role.EDITORS, Role.MODERATORS, Role.FRONT_DESK])
def test_others_are_refused(client: Client, role: Role) -> None:
    make_clinic()
    client.force_login(make_user(role))
    assert client.get(START).status_code in (302, 403)
    assert client.post(START, {"file": sent()}).status_code in (302, 403)
    assert not ImportRun.objects.exists()
