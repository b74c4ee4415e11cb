"""What is erased is gone, by the apps’ own actions; what is others’ stays."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.management import call_command
from django.core.management.base import CommandError

from blog.models import ArticlePage
from booking.models import Appointment, AppointmentEvent, Claim, FreedTime, ManageLink, Service
from clinic_site.accounts.models import User
from clinic_site.data_requests.erasing import erase_findings, erasures_file, reapply_erasures
from clinic_site.data_requests.finding import find_person
from clinic_site.data_requests.models import Erasure
from clinic_site.mail.models import OutgoingEmail
from clinic_site.mail.sending import send_due_emails
from comments.actions.decisions import approve
from comments.models import Comment
from tests.booking.factories import IN_TWO_DAYS, book, make_appointment
from tests.clinic_site.data_requests.conftest import FAMILY, JO
from tests.comments.factories import make_comment
from tests.factories import make_user

pytestmark = pytest.mark.django_db


Commits = Callable[..., AbstractContextManager[Any]]


@pytest.fixture
def commits(django_capture_on_commit_callbacks: Commits) -> Commits:
    return django_capture_on_commit_callbacks


def erase(text: str, by: User | None = None) -> Any:
    everything = [finding for person in find_person(text) for finding in person.findings]
    return erase_findings(everything, by=by)


def test_an_erased_appointment_says_nothing_and_its_time_is_free(jo: Appointment) -> None:
    erase(JO)
    jo.refresh_from_db()
    assert (jo.name, jo.phone, jo.email, jo.note, jo.access_needs) == ("", "", "", "", "")
    assert (jo.name_words, jo.visitor_words) == ("", "")
    assert jo.state == Appointment.State.CANCELED
    assert not Claim.objects.exists()
    assert not ManageLink.objects.exists()
    assert FreedTime.objects.count() == 1, "the waiting list is asked about it"


def test_whoever_is_erased_is_told_nothing_any_more(jo: Appointment) -> None:
    assert OutgoingEmail.objects.exists()
    erase(JO)
    assert not OutgoingEmail.objects.exists()


def test_the_time_of_an_erased_visit_can_be_booked_by_another(
    jo: Appointment, service: Service
) -> None:
    erase(JO)
    other = book(service, IN_TWO_DAYS, name="Pat Wren", phone=FAMILY)
    assert other.starts_at == jo.starts_at


def test_of_an_answered_comment_the_answer_stays(
    jo: Appointment, article: ArticlePage, owner: User
) -> None:
    comment = make_comment(article, name="Jo", email=JO, wants_replies=True)
    approve(comment, by=owner)
    answer = make_comment(article, parent_id=comment.pk, name="Ana", email="ana@reader.example")
    approve(answer, by=owner)
    erase(JO)
    comment.refresh_from_db()
    answer.refresh_from_db()
    assert (comment.state, comment.name, comment.text) == (Comment.State.ERASED, "", "")
    assert (answer.state, answer.name) == (Comment.State.APPROVED, "Ana")


def test_others_of_the_family_stay(service: Service) -> None:
    pat = make_appointment(name="Pat Wren", phone=FAMILY, email="pat@patient.example")
    sam = make_appointment(name="Sam Wren", phone=FAMILY, email="sam@patient.example")
    chosen = next(person for person in find_person(FAMILY) if person.name == "Pat Wren")
    erase_findings(chosen.findings, by=None)
    pat.refresh_from_db()
    sam.refresh_from_db()
    assert (pat.name, sam.name) == ("", "Sam Wren")


def test_a_member_of_staff_keeps_the_account_and_is_told_why(jo: Appointment, owner: User) -> None:
    make_user("Moderators", first_name="Jo", last_name="O’Brien", email=JO)
    outcome = erase(JO, by=owner)
    [(finding, why)] = outcome.kept
    assert str(finding.table.title) == "Staff accounts"
    assert "Settings » Staff" in why
    assert User.objects.filter(email=JO).exists()
    assert outcome.erased > 0


def test_an_erased_row_is_found_no_more_and_erasing_again_does_nothing(jo: Appointment) -> None:
    erase(JO)
    assert find_person(JO) == []
    assert erase(JO).erased == 0
    assert AppointmentEvent.objects.filter(event_type="canceled").count() == 1


def test_sent_emails_say_nothing_of_whom_they_went_to(jo: Appointment) -> None:
    send_due_emails()
    kept = str(list(OutgoingEmail.objects.values()))
    assert JO not in kept
    assert "O’Brien" not in kept


def test_what_a_backup_brings_back_is_erased_again(
    jo: Appointment, commits: Commits, tmp_path: Path, settings: LazySettings
) -> None:
    settings.VAR_DIR = tmp_path
    before = {name: getattr(jo, name) for name in ("name", "phone", "email", "note", "state")}
    with commits(execute=True):
        erase(JO)
    Appointment.objects.filter(pk=jo.pk).update(erased_at=None, **before)
    Erasure.objects.all().delete()  # the backup is from before
    assert erasures_file().exists()
    assert reapply_erasures() == 1
    jo.refresh_from_db()
    assert jo.name == ""


def test_another_who_gets_the_number_of_an_erased_row_is_left_alone(jo: Appointment) -> None:
    erase(JO)
    another = {"reference": "ZZZZ-ZZZZ", "name": "Pat Wren", "phone": FAMILY, "erased_at": None}
    Appointment.objects.filter(pk=jo.pk).update(**another)
    assert reapply_erasures() == 0


def test_what_is_remembered_names_nobody(
    jo: Appointment, commits: Commits, tmp_path: Path, settings: LazySettings
) -> None:
    settings.VAR_DIR = tmp_path
    with commits(execute=True):
        erase(JO)
    kept = f"{list(Erasure.objects.values())} {erasures_file().read_text()}"
    assert jo.reference not in kept
    assert "Jo" not in kept


def test_the_command_erases_by_an_address_and_asks_nothing(
    jo: Appointment, article: ArticlePage, capsys: pytest.CaptureFixture[str]
) -> None:
    make_comment(article, name="Somebody quite different", email=JO)
    call_command("person", "erase", JO, "--yes")
    assert "Erased:" in capsys.readouterr().out
    assert not Comment.objects.exclude(state=Comment.State.ERASED).exists()


def test_the_command_erases_no_family_for_one_of_them(service: Service) -> None:
    make_appointment(name="Pat Wren", phone=FAMILY, email="")
    make_appointment(name="Sam Wren", phone=FAMILY, email="")
    with pytest.raises(CommandError, match="--person"):
        call_command("person", "erase", "805 555 0177", "--yes")
    assert Appointment.objects.filter(phone_index__of=FAMILY, email="").count() == 2
    call_command("person", "erase", "805 555 0177", "--person", "1", "--yes")
    assert Appointment.objects.filter(phone_index__of=FAMILY, email="").count() == 1


def test_the_command_hands_everything_over_as_json(
    jo: Appointment, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("person", "export", JO)
    exported = capsys.readouterr().out
    for words in (jo.reference, "Jo O’Brien", "+18055550123", JO, "A ramp, please.", "on stairs"):
        assert words in exported


def test_the_page_is_made_anew_without_the_words(
    jo: Appointment, article: ArticlePage, owner: User, client: Any
) -> None:
    comment = make_comment(article, name="Jo", email=JO, text="A canary sang of its left hip.")
    approve(comment, by=owner)
    assert "canary" in client.get(article.url).content.decode()
    erase("Jo")
    assert "canary" not in client.get(article.url).content.decode()
