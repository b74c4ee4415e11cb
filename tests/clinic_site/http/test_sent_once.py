"""The same form of the admin, pressed twice or sent again from an old tab, is done once."""

from datetime import timedelta
from http import HTTPStatus
from typing import Any

import pytest
import time_machine
from django.http import HttpResponse, HttpResponseRedirect
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from booking.models import Patient
from clinic_site.http.models import SentForm
from clinic_site.http.sent_once import claim_form, delete_old_forms, note_answer
from comments.models import CannedReply
from tests.factories import make_clinic, make_user
from tests.threads import at_once

ONCE = "You sent this form twice. It was done once."
NEW = {"name": "Ana Twice", "phone_1": "805-555-0133"}


@pytest.fixture
def desk(careful_client: Client, clinic: None) -> Client:
    careful_client.force_login(make_user("Front desk"))
    return careful_client


def opened(client: Client) -> dict[str, str]:
    """Open the form for a new patient; return what it sends besides what is typed."""
    page = client.get(reverse("patients:add"))
    return {"csrfmiddlewaretoken": str(page.context["csrf_token"])}


def send(client: Client, form: dict[str, str], **extra: Any) -> Any:
    return client.post(reverse("patients:add"), form, follow=True, **extra)


def test_the_second_press_leads_where_the_first_did(desk: Client) -> None:
    form = opened(desk) | NEW
    first, second = send(desk, form), send(desk, form)
    (made,) = Patient.objects.all()
    record = reverse("patients:record", args=[made.pk])
    assert first.redirect_chain == second.redirect_chain == [(record, 302)]
    assert ONCE in second.content.decode()
    assert ONCE not in first.content.decode()


def test_a_page_that_is_opened_again_may_send_the_same_words(desk: Client) -> None:
    for _time in range(2):
        send(desk, opened(desk) | NEW)
    assert Patient.objects.count() == 2


def test_other_words_from_an_old_tab_are_another_form(desk: Client) -> None:
    form = opened(desk) | NEW
    send(desk, form)
    send(desk, form | {"name": "Ben Other"})
    assert Patient.objects.count() == 2


def test_a_mistake_may_be_sent_again_and_is_told_again(desk: Client) -> None:
    form = opened(desk) | {"name": ""}
    for _time in range(2):
        page = send(desk, form).content.decode()
        assert "Not saved yet" in page
        assert ONCE not in page
    assert not SentForm.objects.exists()


def test_a_fault_may_be_tried_again(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    form = opened(desk) | NEW
    desk.raise_request_exception = False
    with monkeypatch.context() as broken:
        broken.setattr("booking.desk.patients.record.create_patient", None)
        assert send(desk, form).status_code == 500
    assert send(desk, form).status_code == 200
    assert Patient.objects.count() == 1


def test_what_somebody_else_sent_is_theirs(desk: Client, clinic: None) -> None:
    form = opened(desk) | NEW
    send(desk, form)
    desk.force_login(make_user("Owners"))
    send(desk, opened(desk) | NEW)
    assert Patient.objects.count() == 2


def test_it_holds_for_screens_of_wagtail(careful_client: Client, clinic: None) -> None:
    careful_client.force_login(make_user("Moderators"))
    address = reverse("ready_replies:add")
    token = str(careful_client.get(address).context["csrf_token"])
    for _time in range(2):
        form = {"title": "Thanks", "text": "Thank you.", "csrfmiddlewaretoken": token}
        careful_client.post(address, form)
    assert CannedReply.objects.filter(title="Thanks").count() == 1


@pytest.mark.parametrize(
    "said", [{"HTTP_SEC_FETCH_MODE": "cors"}, {"HTTP_X_REQUESTED_WITH": "XMLHttpRequest"}]
)
def test_what_a_page_sends_by_itself_is_no_press(desk: Client, said: dict[str, str]) -> None:
    send(desk, opened(desk) | NEW, **said)
    assert not SentForm.objects.exists()


def test_no_words_are_kept_and_all_of_it_for_a_day(desk: Client) -> None:
    send(desk, opened(desk) | NEW)
    (row,) = SentForm.objects.values()
    assert "Ana" not in str(row)
    now = timezone.now()
    assert delete_old_forms(now + timedelta(hours=23)) == 0
    assert delete_old_forms(now + timedelta(hours=25)) == 1


def test_while_the_first_is_at_it_the_second_is_told_so_and_may_look_again(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("clinic_site.http.sent_once.PATIENCE", 0)
    form = opened(desk) | NEW
    send(desk, form)
    (led_to,) = SentForm.objects.values_list("led_to", flat=True)
    SentForm.objects.update(led_to="")
    told = send(desk, form, HTTP_SEC_FETCH_SITE="same-origin")
    assert told.status_code == HTTPStatus.CONFLICT
    page = told.content.decode()
    assert "Your form is still being saved" in page
    for name, value in form.items():
        assert f'<input type="hidden" name="{name}" value="{value}">' in page
    assert Patient.objects.count() == 1
    SentForm.objects.update(led_to=led_to)
    assert ONCE in send(desk, form).content.decode()


def test_a_first_that_died_on_the_way_is_done_by_whoever_comes_a_minute_later(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("clinic_site.http.sent_once.PATIENCE", 0)
    form = opened(desk) | NEW
    with monkeypatch.context() as dying:
        dying.setattr("booking.desk.patients.record.create_patient", None)
        dying.setattr("clinic_site.http.sent_once.note_answer", lambda *_: None)
        desk.raise_request_exception = False
        send(desk, form)
    assert send(desk, form).status_code == HTTPStatus.CONFLICT
    assert not Patient.objects.exists()
    with time_machine.travel(timezone.now() + timedelta(minutes=1, seconds=1)):
        assert send(desk, form).status_code == HTTPStatus.OK
    assert Patient.objects.count() == 1


@pytest.mark.django_db
def test_a_first_that_is_late_leaves_the_form_to_whoever_has_taken_it_over() -> None:
    late, is_ours = claim_form("a press")
    assert is_ours
    with time_machine.travel(timezone.now() + timedelta(minutes=1, seconds=1)):
        other, is_theirs = claim_form("a press")
        assert is_theirs
        note_answer(late, HttpResponse("There was a mistake."))
        assert claim_form("a press") == (other, False)
        note_answer(late, HttpResponseRedirect("/admin/late/"))
        note_answer(other, HttpResponseRedirect("/admin/there/"))
    assert SentForm.objects.get().led_to == "/admin/there/"


@pytest.mark.slow
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_of_many_at_once_one_is_done_and_the_others_wait_for_it() -> None:
    make_clinic()
    user = make_user("Front desk")
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)
    form = opened(client) | NEW
    cookies = client.cookies

    def press() -> str:
        tab = Client(enforce_csrf_checks=True)
        tab.cookies = cookies
        while True:  # on a slow machine somebody is told to look again
            answer = tab.post(reverse("patients:add"), form)
            if answer.status_code != HTTPStatus.CONFLICT:
                return str(answer["Location"])

    led_to = set(at_once(press, 6))
    (made,) = Patient.objects.all()
    assert led_to == {reverse("patients:record", args=[made.pk])}
