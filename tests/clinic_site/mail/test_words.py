"""Owners change what emails say; facts cannot be broken, and nothing that was typed is lost."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from clinic_site.clinic.models import ClinicDetails
from clinic_site.mail.models import EmailWords
from clinic_site.mail.words.checking import will_do
from clinic_site.mail.words.registry import EditableEmail, PartKind, editable_email, email_groups
from clinic_site.mail.words.rendering import render_email
from tests.factories import make_user

pytestmark = pytest.mark.usefixtures("clinic")

ALL = [email for group in email_groups() for email in group.emails]
of_every_email = pytest.mark.parametrize("email", ALL, ids=lambda email: email.key)
REMINDER = "booking/appointment_reminder"
PAGE = f"/admin/email-words/{REMINDER}/"


@pytest.fixture
def owner(client: Client) -> Client:
    client.force_login(make_user("Owners"))
    return client


def as_opened(email: EditableEmail) -> dict[str, str]:
    """What the form of `email` sends if nothing in it was changed."""
    words = {part.name: str(part.original) for part in email.parts}
    return words | {f"seen-{name}": text for name, text in words.items()} | {"sample": "0"}


def said(email: EditableEmail) -> str:
    context = next(iter(email.samples.values()))()
    drawn = render_email(email, context)
    return f"{drawn.subject}\n{drawn.text}\n{drawn.html}"


@of_every_email
def test_every_email_is_drawn_with_each_of_its_samples(email: EditableEmail) -> None:
    for sample in email.samples.values():
        drawn = render_email(email, sample())
        assert drawn.subject
        assert "{" not in drawn.subject + drawn.text, "a fact was not filled in"


@of_every_email
def test_originals_keep_the_rules_that_owners_words_are_held_to(email: EditableEmail) -> None:
    for part in email.parts:
        if part.original:
            assert will_do(str(part.original), email, part, day_in_subjects=False), part.name


@of_every_email
def test_no_subject_can_tell_of_health(email: EditableEmail) -> None:
    for part in email.parts:
        if part.kind is PartKind.SUBJECT:
            offered = {*email.chips_of(part, day_in_subjects=True)}
            assert not offered & {"service", "practitioner", "time", "name"}


def test_what_an_owner_writes_is_what_the_email_says(owner: Client) -> None:
    email = editable_email(REMINDER)
    new = "See you soon, {name}. We’re at {location}."
    answer = owner.post(PAGE, as_opened(email) | {"opening": new}, follow=True)
    assert "Saved. Emails say it from now on." in answer.content.decode()
    assert "See you soon, Casey Morgan." in said(email)
    again = as_opened(email) | {"opening": new, "seen-opening": new, "original": "opening"}
    page = owner.post(PAGE, again).content.decode()
    assert "The words are back in their field." in page
    assert "See you soon" in said(email), "it waits to be saved"


@pytest.mark.parametrize(
    ("part", "words", "fault"),
    [
        ("opening", "Until {tomorow}.", "There’s no {tomorow} here."),
        ("opening", "Until {time.", "A fact is broken"),
        ("opening", "<b>Soon</b>", "Emails take plain words."),
        ("opening", "a" * 2001, "Please use 2000 or fewer."),
        ("subject", "Soon: {service}", "There’s no {service} here."),
        ("subject", "Soon\nBcc: all@clinic.example", "Please write this on one line."),
        ("subject", "", "This can’t be empty"),
        ("changing", "Call us.", "Please keep {terms}: people need it."),
        ("opening", "{held until}", "There’s no {held until} here."),
        ("opening", "Dear {{name}},", "A fact is broken"),
        ("opening", "Dear ｛name｝,", "A fact is broken"),
        ("opening", "{% now %}", "There’s no {% now %} here."),
        ("opening", "Dear {n\N{CYRILLIC SMALL LETTER A}me},", "You can use {name},"),
        ("opening", "Dear\0 you", "We can’t accept the character U+0000"),
        ("subject", "Soon\N{LINE SEPARATOR}Bcc: all", "Please write this on one line."),
        ("signature", "Yours, {name}", "There’s no {name} here. You can use {clinic}."),
    ],
)
def test_words_that_will_not_do_are_refused_beside_their_field(
    owner: Client, part: str, words: str, fault: str
) -> None:
    answer = owner.post(PAGE, as_opened(editable_email(REMINDER)) | {part: words})
    page = answer.content.decode()
    assert fault in page
    assert "Not saved yet." in page
    assert answer.context["form"][part].value() == words, "what was typed is kept"
    assert not EmailWords.objects.exists()


def test_of_two_owners_the_later_sees_what_the_first_has_saved(owner: Client) -> None:
    email = editable_email(REMINDER)
    opened = as_opened(email)
    owner.post(PAGE, opened | {"opening": "From the first."})
    answer = owner.post(PAGE, opened | {"opening": "From the second."})
    page, answered = answer.content.decode(), answer.context["form"]
    assert "From the first." in page
    assert "From the second." in page
    assert "Someone else has changed the same words meanwhile." in page
    assert "From the first." in said(email)
    again = {name: answered[name].value() for name in opened if name != "sample"}
    owner.post(PAGE, opened | again)
    assert "From the second." in said(email), "to send it again is a decision"


def test_a_preview_shows_the_email_as_typed_and_stores_nothing(owner: Client) -> None:
    ClinicDetails.objects.update(name='<img src="x">')
    email = editable_email(REMINDER)
    answer = owner.post(PAGE, as_opened(email) | {"opening": "Only a try.", "preview": "1"})
    page = BeautifulSoup(answer.content, "html.parser")
    [frame], [text] = page.select(".email-words iframe"), page.select(".email-words pre")
    drawn = BeautifulSoup(str(frame["srcdoc"]), "html.parser")
    assert drawn.find("p", string="Only a try.")
    assert "Only a try." in text.text
    assert '<img src="x">' in text.text
    assert not page.select("img[src=x]") + drawn.select("img[src=x]")
    assert not EmailWords.objects.exists()


@of_every_email
def test_each_sample_can_be_previewed(owner: Client, email: EditableEmail) -> None:
    for number, sample in enumerate(email.samples.values()):
        sent = as_opened(email) | {"sample": str(number), "preview": "1"}
        answer = owner.post(f"/admin/email-words/{email.key}/", sent)
        assert answer.context["preview"].subject == render_email(email, sample()).subject


def test_the_greeting_of_all_emails_is_changed_in_one_place(
    owner: Client, clinic: ClinicDetails
) -> None:
    shared = editable_email("mail/every_email")
    owner.post(
        "/admin/email-words/mail/every_email/", as_opened(shared) | {"greeting": "Hi {name}!"}
    )
    assert "Hi Casey Morgan!" in said(editable_email(REMINDER))


@pytest.mark.parametrize("role", ["Editors", "Front desk", "Practitioners", "Moderators"])
def test_others_change_no_words(client: Client, role: str) -> None:
    client.force_login(make_user(role))
    assert client.get(PAGE, follow=True).redirect_chain or client.get(PAGE).status_code == 403
