"""An answer that could tell who is a patient is noticed, and a neutral one passes."""

import pytest

from comments.models import CannedReply
from comments.moderation.disclosures import found


def mentioned(text: str, *names: str) -> set[str]:
    return {str(finding.what) for finding in found(text, names)}


@pytest.mark.parametrize(
    "text",
    [
        "Thank you, Priya.",
        "PRIYA, that is a good question.",
        "Dear Ms. Nair",
        "Priya’s question is a good one.",
        "P\u200briya, thank you.",
        "Рriya, thank you.",  # a Cyrillic letter
    ],
)
def test_naming_the_person_is_noticed(text: str) -> None:
    assert "the person’s name" in mentioned(text, "Priya Nair")


def test_no_other_word_is_taken_for_the_name() -> None:
    assert not mentioned("A pride of lions.", "Pri N.")
    assert not mentioned("Not a word of it.", "N. O.")


@pytest.mark.parametrize(
    "text",
    [
        "It was good to see you.",
        "We loved seeing you here.",
        "When you came in we talked about this.",
        "As we said at your last visit",
        "at your consultation",
        "Please bring it up in your next session.",
        "You have been to see us before.",
        "We remember you well.",
        "All our patients ask this.",
        "As your therapist said",
        "We met you with your husband.",
        "Do come back to us.",
    ],
)
def test_a_visit_is_noticed(text: str) -> None:
    assert "a visit" in mentioned(text)


@pytest.mark.parametrize(
    "text",
    [
        "about your appointment",
        "You have booked already.",
        "We can reschedule.",
        "You are on the waiting list.",
        "since you cancelled",
        "Your appt. stands.",
        "at the follow-up",
    ],
)
def test_an_appointment_is_noticed(text: str) -> None:
    assert "an appointment" in mentioned(text)


@pytest.mark.parametrize(
    "text",
    [
        "after the treatment",
        "We treated that.",
        "Your X-ray was fine.",
        "the diagnosis stands",
        "Keep doing your exercises.",
        "Your hip will thank you.",
        "after your surgery",
        "The injections take time.",
        "We prescribed rest.",
        "Your records say so.",
    ],
)
def test_a_treatment_is_noticed(text: str) -> None:
    assert "a treatment or someone’s health" in mentioned(text)


@pytest.mark.parametrize(
    "text",
    [
        "on 3/14",
        "on 2026-11-25",
        "on 25.11.2026",
        "on November 3rd",
        "the 3rd of May",
        "since March",
        "on May 4",
        "on the 21st",
        "on Tuesday",
        "yesterday",
        "last week",
        "two weeks ago",
        "a few months back",
        "at 3 pm",
        "at 10:30",
        "in 2024",
        "this morning",
    ],
)
def test_a_date_is_noticed(text: str) -> None:
    assert "a date or a time" in mentioned(text)


@pytest.mark.parametrize(
    "text",
    [
        "805-880-6533",
        "(805) 880 6533",
        "+1 805 880 6533",
        "805.880.6533",
        "8058806533",
        "８０５-880-6533",  # full-width figures
        "880 6533",
    ],
)
def test_a_phone_number_is_noticed(text: str) -> None:
    assert "a phone number" in mentioned(f"Ring {text} please")


@pytest.mark.parametrize(
    "text",
    [
        "Thank you. Most people can start with ten breaths on the floor.",
        "You may march on the spot; that is enough.",
        "We have added a figure about this to the article.",
        "The source says that one study of 40 people found no difference.",
        "",
    ],
)
def test_what_is_general_passes(text: str) -> None:
    assert not mentioned(text, "Walt")


@pytest.mark.django_db
def test_the_ready_replies_that_come_with_the_site_pass() -> None:
    replies = CannedReply.objects.all()
    assert len(replies) >= 4
    assert [found(reply.text) for reply in replies] == [[]] * len(replies)


def test_the_words_that_were_noticed_are_told_once() -> None:
    [finding] = found("See you on Tuesday, yes, on Tuesday!", [])[1:]
    assert finding.words == ("tuesday",)
