"""Every encrypted text of somebody is damaged: for everybody else all goes on.

They have gone through every form, as in `test_canaries`. Then somebody new books, comments, and is
found, handed over and erased.
"""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from blog.models import ArticlePage
from booking.actions.errors import CannotUndo
from booking.actions.undo import undo_change, undoable_changes
from booking.models import Appointment, CallTask, Practitioner, ReturnCode, Service
from booking.return_codes import open_by_letters
from clinic_site.accounts.models import User
from clinic_site.mail.models import OutgoingEmail
from clinic_site.mail.sending import send_due_emails
from clinic_site.privacy.models import KeptSecret
from clinic_site.privacy.retention import end_what_is_over
from clinic_site.privacy.rotation import encrypted_fields, encrypted_models
from comments.actions.transitions import UndoExpired
from comments.actions.undo import undo_event
from comments.models import Comment, CommentEdit, UndoSnapshot
from tests.booking.factories import IN_TWO_DAYS, begin, book, filled_form
from tests.clinic_site.data_requests import journey
from tests.comments.factories import make_comment

pytestmark = pytest.mark.django_db
JO = "jo@patient.example"
SCREENS = {
    "front-desk": "/ /inbox/ /calendar/ /appointments/ /patients/ /waiting/ /numbers/",
    "moderators": "/ /comments/ /comments/all/",
}


def damage_everything() -> None:
    for model in encrypted_models():
        if model is KeptSecret:  # the site's own, which no person has a part in
            continue
        for field in encrypted_fields(model):
            table, column = model._meta.db_table, f'"{field.column}"'
            change = f"UPDATE {table} SET {column} = substr({column}, 1, 30)"  # noqa: S608
            with connection.cursor() as cursor:
                cursor.execute(change)


@pytest.fixture
def damaged(
    town: ArticlePage, service: Service, robin: Practitioner, owner: User, var_dir: Path
) -> ArticlePage:
    journey.leave_something_everywhere(town, service, robin, owner)
    damage_everything()
    return town


@pytest.mark.slow
def test_others_are_found_handed_over_and_erased(
    damaged: ArticlePage, service: Service, capsys: pytest.CaptureFixture[str]
) -> None:
    visit = book(service, IN_TWO_DAYS + timedelta(hours=3), name="Jo O’Brien", email=JO)
    comment = make_comment(damaged, name="Jo O’Brien", email=JO)
    call_command("person", "export", JO)
    held = capsys.readouterr().out
    assert visit.reference in held
    call_command("person", "erase", JO, "--yes")
    comment.refresh_from_db()
    assert comment.state == Comment.State.ERASED
    assert Appointment.objects.get(pk=visit.pk).erased_at


@pytest.mark.slow
def test_every_screen_opens(damaged: ArticlePage) -> None:
    for name, addresses in SCREENS.items():
        client = Client()
        client.force_login(User.objects.get(username=name))
        for address in addresses.split():
            assert client.get(f"/admin{address}").status_code == 200, (name, address)
    client.force_login(User.objects.get(username="moderators"))
    for comment in Comment.objects.all():
        assert client.get(f"/admin/comments/{comment.pk}/").status_code in (200, 302, 404)


def test_who_typed_a_draft_that_is_damaged_begins_anew(
    town: ArticlePage, service: Service, robin: Practitioner
) -> None:
    patient = Client()
    request = begin(patient, filled_form(name="Jo O’Brien"))
    assert patient.get(f"{request}check/").status_code == 200
    damage_everything()
    assert patient.get(f"{request}check/").status_code in (302, 404, 410)


@pytest.mark.slow
def test_new_emails_leave_and_what_is_over_ends(damaged: ArticlePage) -> None:
    make_comment(damaged, name="Jo O’Brien", email=JO, wants_link=True)
    waiting = OutgoingEmail.objects.filter(state="waiting").count()
    assert send_due_emails() >= 1
    assert OutgoingEmail.objects.filter(state="waiting").count() < waiting
    end_what_is_over(timezone.now() + timedelta(days=20 * 365))


@pytest.mark.slow
def test_what_would_come_back_by_undo_is_refused_in_words(
    damaged: ArticlePage, service: Service, owner: User
) -> None:
    changes = list(undoable_changes(timezone.now()))
    assert changes
    for change in changes:
        with pytest.raises(CannotUndo):
            undo_change(change.event, by=owner)
    snapshot = UndoSnapshot.objects.defer("text", "edit_text").first()
    assert snapshot is not None
    last = snapshot.event.comment.events.order_by("pk").last()
    with pytest.raises(UndoExpired):
        undo_event(last, by=owner)
    code = ReturnCode.objects.defer("letters").select_related("appointment").first()
    assert code is not None
    now, reference = timezone.now(), code.appointment.reference
    assert open_by_letters(reference, "BCDFGHJK", network_address="192.0.2.1", now=now) is None


@pytest.mark.slow
def test_what_json_says_is_read_as_nothing_and_stays_as_it_is(damaged: ArticlePage) -> None:
    def stored() -> list[str]:
        found = []
        for table, column in (("booking_calltask", "before"), ("comments_commentedit", "held_for")):
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT {column} FROM {table} ORDER BY id")  # noqa: S608
                found += [text for (text,) in cursor.fetchall()]
        return found

    kept = stored()
    edit, call = CommentEdit.objects.get(), CallTask.objects.exclude(before="").get()
    assert (edit.held_for, call.before) == ([], {})
    edit.save()
    call.save()
    assert stored() == kept
    edit.held_for, call.before = [{"code": "edit"}], {"note": "x"}
    edit.save()
    call.save()
    edit.refresh_from_db()
    call.refresh_from_db()
    assert (edit.held_for, call.before) == ([{"code": "edit"}], {"note": "x"})
