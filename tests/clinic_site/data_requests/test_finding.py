"""Whoever asks what is held about them is found, by whatever they are known by."""

import pytest

from blog.models import ArticlePage
from booking.models import Appointment, BookingDraft, Service
from clinic_site.data_requests.finding import NothingToLookFor, find_person
from comments.actions.decisions import approve
from tests.booking.factories import make_appointment
from tests.clinic_site.data_requests.conftest import FAMILY, JO
from tests.comments.factories import make_comment
from tests.factories import make_person, make_user

pytestmark = pytest.mark.django_db


def found(text: str) -> list[set[str]]:
    """What is found, for each person the kinds of rows."""
    return [
        {str(finding.table.title) for finding in person.findings} for person in find_person(text)
    ]


@pytest.mark.parametrize(
    "text",
    [
        JO,
        " JO@Patient.example ",
        "+18055550123",
        "(805) 555-0123",
        "805.555.0123",
        "1 805 555 0123",
        "Jo O’Brien",
        "jo o'brien",
        "OBRIEN Jo",
    ],
)
def test_somebody_is_found_by_email_phone_or_name_however_written(
    jo: Appointment, text: str
) -> None:
    assert ["Appointments" in kinds for kinds in found(text)] == [True]


@pytest.mark.parametrize("text", ["", "   ", "?!", "12"])
def test_what_names_nobody_is_refused(text: str) -> None:
    with pytest.raises(NothingToLookFor):
        find_person(text)


def test_nobody_is_found_by_what_is_only_a_part(jo: Appointment) -> None:
    assert found("patient.example@") == []
    assert found("o@patient.example") == []


def test_a_phone_leads_to_the_email_and_that_to_comments(
    jo: Appointment, article: ArticlePage
) -> None:
    make_comment(article, name="Jo", email=JO)
    [kinds] = found("805 555 0123")
    assert {"Appointments", "Comments"} <= kinds


def test_a_family_with_one_phone_is_told_apart_by_names(service: Service) -> None:
    make_appointment(name="Pat Wren", phone=FAMILY, email="pat@patient.example")
    make_appointment(name="Sam Wren", phone=FAMILY, email="sam@patient.example")
    people = find_person("805-555-0177")
    assert {person.name for person in people} == {"Pat Wren", "Sam Wren"}


def test_a_comment_whose_address_is_deleted_is_found_by_its_name_and_says_so(
    jo: Appointment, article: ArticlePage
) -> None:
    comment = make_comment(article, name="Jo O’Brien", email=JO)
    approve(comment, by=make_user("Moderators"))
    others = [
        finding
        for person in find_person(JO)
        for finding in person.findings
        if str(finding.table.title) == "Comments"
    ]
    assert [(finding.row.pk, finding.because) for finding in others] == [
        (comment.pk, "the same name")
    ]


def test_what_is_only_under_the_same_first_name_is_not_taken_for_theirs(
    jo: Appointment, article: ArticlePage
) -> None:
    make_comment(article, name="Jo", email=JO)
    other = make_comment(article, name="Jo", email="another.jo@reader.example")
    approve(other, by=make_user("Moderators"))
    sure = [one for person in find_person(JO) for one in person.findings if one.is_sure]
    assert other.pk not in [one.row.pk for one in sure if str(one.table.title) == "Comments"]
    assert len(sure) > 1


def test_an_address_less_comment_is_nobodys_if_two_have_its_name(
    jo: Appointment, article: ArticlePage
) -> None:
    make_appointment(name="Jo O’Brien", phone=FAMILY, email="")
    comment = make_comment(article, name="Jo O’Brien", email="gone@reader.example")
    approve(comment, by=make_user("Moderators"))
    assert {"Comments"} in found("Jo O’Brien")


def test_a_booking_that_was_not_sent_is_found(service: Service) -> None:
    answers = {"name": "Kim Lark", "phone": "805 555 0188", "email": "kim@patient.example"}
    BookingDraft.objects.begin({"answers": answers}, network_address="192.0.2.1")
    assert found("+1 805 555 0188") == [{"Bookings not sent yet"}]
    assert found("kim@PATIENT.example") == [{"Bookings not sent yet"}]


def test_the_clinics_own_address_leads_from_nobody_to_everybody(
    jo: Appointment, service: Service
) -> None:
    """Emails to the desk answer to their patient, and go to an address that is in all of them."""
    make_appointment(name="Pat Wren", phone=FAMILY, email="pat@patient.example")
    assert "pat@patient.example" not in str([person.emails for person in find_person(JO)])


def test_staff_are_found_and_their_profiles(jo: Appointment) -> None:
    make_user("Moderators", first_name="Ana", last_name="Ruiz", email="ana@clinic.example")
    make_person("Ana Ruiz")
    assert {kind for kinds in found("Ana Ruiz") for kind in kinds} == {
        "Staff accounts",
        "Profiles of our people",
    }


def test_somebody_with_a_visit_for_another_is_found_under_both_names(service: Service) -> None:
    make_appointment(
        name="Pat Wren", visitor_name="Lou Wren", for_somebody_else=True, phone=FAMILY, email=""
    )
    assert found("Lou Wren") == found("Pat Wren") == [{"Appointments"}]
