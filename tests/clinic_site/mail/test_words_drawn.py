"""Whatever owners have made of an email, it can be drawn and sent, and says nothing by halves."""

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.test import Client

from clinic_site.clinic.models import ClinicDetails
from clinic_site.mail.models import EmailWords
from clinic_site.mail.words.parts import SHARED
from clinic_site.mail.words.registry import EditableEmail, PartKind, editable_email, email_groups
from clinic_site.mail.words.rendering import render_email
from clinic_site.mail.words.stored import current_words
from tests.factories import make_user

pytestmark = [pytest.mark.usefixtures("clinic"), pytest.mark.any_database]

ALL = [email for group in email_groups() for email in group.emails]
REMINDER = "booking/appointment_reminder"
PAGE = f"/admin/email-words/{REMINDER}/"
of_every_email = pytest.mark.parametrize("email", ALL, ids=lambda email: email.key)


def stored(key: str, part: str, words: str | None, number: int = 1) -> EmailWords:
    return EmailWords.objects.create(
        email=key, language="en-us", part=part, number=number, words=words
    )


@of_every_email
def test_what_may_be_left_out_leaves_nothing_behind(email: EditableEmail) -> None:
    words = {part.name: str(part.original) if part.required else "" for part in email.parts}
    for sample in email.samples.values():
        drawn = render_email(email, sample(), words)
        assert "<p></p>" not in drawn.html
        assert drawn.text == drawn.text.strip()
        assert "\n\n\n" not in drawn.text


@of_every_email
def test_each_fact_that_is_offered_can_be_told_of_each_sample(email: EditableEmail) -> None:
    for sample in email.samples.values():
        for part in email.parts:
            for chip in email.chips_of(part, day_in_subjects=True).values():
                words = current_words(email).words | {part.name: f"<{chip.token}>"}
                drawn = render_email(email, sample(), words)
                assert "<>" not in drawn.subject + drawn.text, f"{chip.token} in {part.name}"


@of_every_email
def test_the_signature_of_all_emails_is_that_of_each(email: EditableEmail) -> None:
    stored(SHARED, "signature", "The team of {clinic}")
    for sample in email.samples.values():
        drawn = render_email(email, sample())
        assert "The team of Motion Unlimited" in drawn.text
        assert "<p>The team of Motion Unlimited</p>" in drawn.html


@of_every_email
def test_no_email_waits_for_a_fact_that_it_does_not_have(email: EditableEmail) -> None:
    stored(SHARED, "signature", "Yours, {name}")
    stored(SHARED, "greeting", "Hi {weather},", number=2)
    for sample in email.samples.values():
        assert "Yours," not in render_email(email, sample()).text


def test_words_are_text_for_the_reader_and_nothing_else() -> None:
    stored(
        REMINDER, "opening", "Tom & Jo’s: 1 < 2, %(a)s &lt; \\1\n\nA second paragraph,\nand {name}."
    )
    sample = next(iter(editable_email(REMINDER).samples.values()))()
    sample["appointment"].name = "<b>{reference}</b> & Co"
    drawn = render_email(editable_email(REMINDER), sample)
    assert "Tom & Jo’s: 1 < 2, %(a)s &lt; \\1\n\nA second paragraph,\nand <b>{ref" in drawn.text
    assert "<p>Tom &amp; Jo’s: 1 &lt; 2, %(a)s &amp;lt; \\1</p>" in drawn.html
    name = "&lt;b&gt;{reference}&lt;/b&gt; &amp; Co"
    assert f"<p>A second paragraph,<br>and {name}.</p>" in drawn.html


def test_a_subject_is_one_line_whatever_a_title_says() -> None:
    email = editable_email("pages/not_published")
    sample = next(iter(email.samples.values()))()
    drawn = render_email(email, sample | {"title": "How to sit\r\nBcc: all@clinic.example"})
    assert drawn.subject == "Not published: How to sit Bcc: all@clinic.example"
    EmailMessage(drawn.subject, drawn.text, to=["casey@patient.example"]).send()
    assert len(mail.outbox) == 1


def test_a_subject_names_the_day_only_while_the_owners_want_it(clinic: ClinicDetails) -> None:
    email = editable_email(REMINDER)
    stored(REMINDER, "subject", "See you on {day}")
    sample = next(iter(email.samples.values()))()
    assert render_email(email, sample).subject.startswith("A reminder about your appointment")
    ClinicDetails.objects.update(day_in_subjects=True)
    assert render_email(email, sample).subject.startswith("See you on ")
    assert "{" not in render_email(email, sample).subject


@of_every_email
def test_no_two_facts_of_an_email_have_one_name(email: EditableEmail) -> None:
    names = [chip.name for chip in email.chips]
    assert len(names) == len({*names})
    subjects = [part for part in email.parts if part.kind is PartKind.SUBJECT]
    assert subjects or email.key == SHARED


def test_earlier_words_come_back_to_their_own_part_alone(client: Client) -> None:
    client.force_login(make_user("Owners"))
    stored(REMINDER, "opening", "From last year.", number=1)
    stored(REMINDER, "opening", None, number=2)
    stored(REMINDER, "postscript", "Of a part that is no more.", number=3)
    stored("booking/next_visit", "opening", "Of another email.", number=4)
    form = client.get(PAGE).context["form"]
    data = {name: form[name].value() or "" for name in form.fields} | {"changing": "Typed. {terms}"}
    answer = client.post(PAGE, data | {"again": "1"})
    assert answer.context["form"]["opening"].value() == "From last year."
    assert answer.context["form"]["changing"].value() == "Typed. {terms}"
    answer = client.post(PAGE, data | {"opening": "Else.", "again": "2"})
    assert answer.context["form"]["opening"].value().startswith("This is a reminder")
    for bad in ({"again": "3"}, {"again": "4"}, {"again": "x"}, {"again": "9" * 40}):
        assert client.post(PAGE, data | bad).status_code == 404
    assert client.post(PAGE, data | {"original": "seen-opening"}).status_code == 404
    assert EmailWords.objects.count() == 4, "nothing is saved before somebody saves"
