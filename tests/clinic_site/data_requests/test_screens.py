"""An owner answers whoever asks; nobody else sees these screens, and no address names anybody."""

import json
from typing import Any
from unittest.mock import ANY

import pytest
from django.test import Client
from wagtail.models import ModelLogEntry

from blog.models import ArticlePage
from booking.models import Appointment, Service
from clinic_site.accounts.models import User
from clinic_site.accounts.roles import Role
from clinic_site.data_requests import views
from clinic_site.data_requests.models import DataRequestDraft
from comments.models import Comment
from tests.booking.factories import make_appointment, said
from tests.clinic_site.data_requests.conftest import FAMILY, JO
from tests.comments.factories import make_comment
from tests.factories import make_user

pytestmark = pytest.mark.django_db

START = "/admin/people-data/"


def search(browser: Client, text: str = JO) -> str:
    """Return the address of what was found."""
    address: str = browser.post(START, {"text": text})["Location"]
    return address


def keys_on(page: Any) -> list[str]:
    return [
        finding.key for _person, findings, _more in page.context["people"] for finding in findings
    ]


def choose(browser: Client, found: str, step: str, **more: Any) -> str:
    keys = keys_on(browser.get(found))
    address: str = browser.post(found, {"row": keys, step: "1", **more})["Location"]
    return address


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.OWNERS])
def test_nobody_but_owners_gets_in(client: Client, role: Role, jo: Appointment) -> None:
    client.force_login(make_user(role))
    assert client.get(START).status_code in {302, 403}
    assert client.post(START, {"text": JO}).status_code in {302, 403}
    assert not DataRequestDraft.objects.exists()


@pytest.mark.parametrize("text", ["", "  ", "?!"])
def test_what_names_nobody_is_refused_beside_the_field(owners_browser: Client, text: str) -> None:
    page = owners_browser.post(START, {"text": text})
    assert page.status_code == 200
    assert page.context["form"].errors == {"text": ANY}


def test_what_was_found_is_told_with_its_reason(
    owners_browser: Client, jo: Appointment, article: ArticlePage
) -> None:
    make_comment(article, name="Jo", email=JO)
    page = said(owners_browser.get(search(owners_browser, "805-555-0123")))
    assert jo.reference in page
    assert "found by the same phone number" in page
    assert "found by the same email address as another of these" in page


def test_no_address_names_anybody(owners_browser: Client, jo: Appointment) -> None:
    found = search(owners_browser)
    assert "jo" not in found.removeprefix(START).lower().split("/")
    assert "patient" not in found
    draft = DataRequestDraft.objects.get()
    assert JO not in str(DataRequestDraft.objects.values_list("token_hash", "last_step_at"))
    assert draft.content["text"] == JO


def test_everything_is_shown_and_is_a_file(owners_browser: Client, jo: Appointment) -> None:
    export = choose(owners_browser, search(owners_browser), "show")
    page = said(owners_browser.get(export))
    file = owners_browser.get(export.replace("everything", "file"))
    for words in (jo.reference, "Jo O’Brien", "+18055550123", "A ramp, please."):
        assert words in page
        assert words in file.content.decode()
    assert "Appointments" in json.loads(file.content)["held"]
    assert file["Content-Disposition"].startswith("attachment")
    assert "no-store" in file["Cache-Control"]


def test_what_is_chosen_is_erased_and_nothing_else(
    owners_browser: Client, service: Service
) -> None:
    pat = make_appointment(name="Pat Wren", phone=FAMILY, email="")
    sam = make_appointment(name="Sam Wren", phone=FAMILY, email="")
    found = search(owners_browser, FAMILY)
    row = f"booking.Appointment:{pat.pk}"
    erase = owners_browser.post(found, {"row": [row], "erase": "1"})["Location"]
    assert pat.reference in said(owners_browser.get(erase))
    done = owners_browser.post(erase, follow=True)
    assert "1 record erased." in said(done)
    pat.refresh_from_db()
    sam.refresh_from_db()
    assert (pat.name, sam.name) == ("", "Sam Wren")
    assert "still something" in said(done)


def test_nothing_chosen_erases_nothing(owners_browser: Client, jo: Appointment) -> None:
    found = search(owners_browser)
    answer = owners_browser.post(found, {"erase": "1"}, follow=True)
    assert "choose at least one record" in said(answer)


def test_a_row_that_was_not_found_is_not_erased_however_it_is_sent(
    owners_browser: Client, jo: Appointment, service: Service
) -> None:
    other = make_appointment(name="Pat Wren", phone=FAMILY, email="")
    found = search(owners_browser)
    rows = {"row": [f"booking.Appointment:{other.pk}", "x", "auth.Group:1"], "erase": "1"}
    erase = owners_browser.post(found, rows)["Location"]
    owners_browser.post(erase)
    other.refresh_from_db()
    assert other.name == "Pat Wren"


def test_the_form_sent_twice_erases_once_and_breaks_nothing(
    owners_browser: Client, jo: Appointment
) -> None:
    erase = choose(owners_browser, search(owners_browser), "erase")
    first, second = (owners_browser.post(erase, follow=True) for _ in range(2))
    assert (first.status_code, second.status_code) == (200, 200)
    assert "search again" in said(second)


def test_a_search_is_its_owners_alone_and_ends_when_it_is_done(
    owners_browser: Client, jo: Appointment
) -> None:
    found = search(owners_browser)
    another = Client()
    another.force_login(make_user(Role.OWNERS, username="another"))
    assert another.get(found).status_code == 302
    owners_browser.post(choose(owners_browser, found, "erase"))
    assert owners_browser.get(found).status_code == 302
    assert not DataRequestDraft.objects.exists()


def test_each_step_leaves_a_line_of_numbers_alone(
    owners_browser: Client, owner: User, jo: Appointment
) -> None:
    found = search(owners_browser)
    owners_browser.get(choose(owners_browser, found, "show"))
    owners_browser.post(choose(owners_browser, found, "erase"))
    lines = ModelLogEntry.objects.filter(user=owner, action__startswith="data_requests.")
    assert {line.action.split(".")[1] for line in lines} == {"find", "export", "erase"}
    kept = str(list(lines.values()))
    for word in (JO, "Brien", "5550123"):
        assert word not in kept


def test_many_records_are_chosen_with_those_listed(
    owners_browser: Client, article: ArticlePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "MOST_ROWS", 2)
    for _ in range(5):
        make_comment(article, name="Jo", email=JO)
    found = search(owners_browser)
    assert "And 3 more records" in said(owners_browser.get(found))
    owners_browser.post(choose(owners_browser, found, "erase", more="1"))
    assert not Comment.objects.exclude(state=Comment.State.ERASED).exists()
