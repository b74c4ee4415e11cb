"""Every email holds in the mail programs that patients and staff have, and promises what it can."""

import re

import pytest
import time_machine
from bs4 import BeautifulSoup

from clinic_site.mail.models import OutgoingEmail
from tests.emails.every import CASES, NOW, email_of, set_the_scene, templates
from tests.emails.support import NOT_MISSED, first_line, problems, used

pytestmark = pytest.mark.any_database

MADE: dict[str, OutgoingEmail] = {}  # once, and kept for all tests


@pytest.fixture
def emails(db: None) -> dict[str, OutgoingEmail]:
    if not MADE:
        with time_machine.travel(NOW, tick=False):
            set_the_scene()
            MADE.update((name, email_of(name)) for name in CASES)
    return MADE


def test_no_email_is_left_out_here() -> None:
    assert {name.split(",")[0] for name in CASES} == templates()


@pytest.mark.slow
def test_every_mail_program_shows_what_an_email_uses(emails: dict[str, OutgoingEmail]) -> None:
    found = {name: problems(email.html) for name, email in emails.items()}
    assert found == {name: [] for name in CASES}
    assert set(NOT_MISSED) <= set().union(*(used(email.html) for email in emails.values()))


LOST = {
    '<p style="padding: 8px">': "padding on <p>: Word heeds it on td",
    '<p style="display: flex; gap: 4px">': "css-gap",
    "<main>": "html-semantics",
    "<table>": "a table that is read as one",
    '<img src="x.png">': "a picture without words",
    '<p style="border-left: 3px solid">': "border-left on <p>",
    '<p style="color: oklch(50% 0.1 40)">': "css-modern-color",
    "<marquee>": "html-marquee",
}


def test_what_a_mail_program_would_lose_is_found(emails: dict[str, OutgoingEmail]) -> None:
    html = emails["appointment_confirmed"].html
    for broken, said in LOST.items():
        found = problems(html.replace("<h1", f"{broken}<h1"))
        assert any(problem.startswith(said) for problem in found), (said, found)


def test_previews_begin_with_the_time_and_name_nothing_of_health(
    emails: dict[str, OutgoingEmail],
) -> None:
    lines = {name: first_line(email.html) for name, email in emails.items()}
    for name in ("appointment_confirmed", "appointment_moved", "appointment_reminder"):
        assert lines[name] == "Wednesday, January 6, 10:30 AM with Robin Alvarez"
    assert lines["appointment_received, held"].startswith(
        "We’re holding Wednesday, January 6, 10:30 AM"
    )
    assert lines["appointment_proposed"].startswith("Please choose one by")
    for line in lines.values():
        assert not re.search(r"posture|assess|therap|psoas|\bill\b", line, re.IGNORECASE), line


def test_the_desk_is_told_to_reply_only_where_a_reply_arrives(
    emails: dict[str, OutgoingEmail],
) -> None:
    for name, email in emails.items():
        if name.startswith("new_request"):
            promised = "Reply to this email to write to the patient." in email.text
            assert promised == bool(email.reply_to), name
            assert promised == ("Reply to this email to write to the patient" in email.html)
    without = emails["new_request, no email"]
    for words in (without.text, _words(without.html)):
        assert "The patient didn’t give an email address. Call (805) 555-0123." in words


def test_who_is_asked_to_reply_can(emails: dict[str, OutgoingEmail]) -> None:
    for name, email in emails.items():
        assert bool(email.reply_to) or "reply to this email" not in email.text, name


def test_whom_we_cannot_call_is_not_promised_a_call(emails: dict[str, OutgoingEmail]) -> None:
    assert "so we’ll try to call you" in emails["appointment_expired"].text
    for words in _text(emails["appointment_expired, no phone"]):
        assert "try to call you" not in words


def test_the_file_for_a_calendar_is_named_only_where_there_is_one(
    emails: dict[str, OutgoingEmail],
) -> None:
    for name, email in emails.items():
        assert ("attached file" in email.text) == bool(email.attachments), name
        assert ("attached file" in email.html) == bool(email.attachments), name


def test_text_and_html_say_the_same(emails: dict[str, OutgoingEmail]) -> None:
    """Every sentence of the HTML stands in the text, buttons and their words aside."""
    for name, email in emails.items():
        text = _one_line(email.text)
        soup = BeautifulSoup(email.html, "html.parser")
        soup.find("td", class_="soft").decompose()  # the clinic's address, which stands in both
        for line_break in soup("br"):
            line_break.replace_with(" ")
        for paragraph in soup.select("p:not(:-soup-contains('the button below')), li"):
            for link in paragraph.find_all("a"):
                link.replace_with("…")
            for sentence in re.split(r"(?<=[.?:])\s|…", _one_line(paragraph.get_text())):
                assert sentence.strip(" .:") in text, (name, sentence)


def _text(email: OutgoingEmail) -> tuple[str, str]:
    return _one_line(email.text), _words(email.html)


def _words(html: str) -> str:
    return _one_line(BeautifulSoup(html, "html.parser").get_text(" ")).replace(" .", ".")


def _one_line(text: str) -> str:
    return " ".join(text.split())
