"""Pages and emails say what has just happened, with whom it is, and for whom."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from booking.manage_links import issue_link
from booking.models import Appointment, Practitioner, Service
from clinic_site.mail.models import OutgoingEmail
from tests.booking.factories import at, book, make_appointment, said

TEN = at(6, 10)


@pytest.fixture
def request_for_a_child(service: Service, robin: Practitioner) -> Appointment:
    """Asks on Monday for Wednesday at ten, for somebody else."""
    return book(service, TEN, practitioner=robin, email="jo@patient.example", visitor_name="Kim")


def press(client: Client, appointment: Appointment, page: str, **fields: str) -> str:
    """Press the button of a page behind the private link; return what the next page says."""
    address = f"/book/mine/{issue_link(appointment)}/{page}/"
    fields |= {"version": str(appointment.version)}
    answer = client.post(address, fields, follow=True)
    return said(answer)


def texts_of(email: OutgoingEmail) -> list[str]:
    return [email.text, BeautifulSoup(email.html, "html.parser").get_text(" ")]


def test_a_request_that_is_withdrawn_was_no_appointment(
    client: Client, request_for_a_child: Appointment
) -> None:
    page = press(client, request_for_a_child, "cancel")
    assert "Your request is canceled" in page
    assert "appointment is canceled" not in page


def test_after_a_move_the_page_says_from_when_to_when_and_with_whom(
    client: Client, service: Service, robin: Practitioner
) -> None:
    service.mode = Service.Mode.AT_ONCE
    service.save()
    visit = book(service, TEN)
    page = press(client, visit, "move", starts_at="2027-01-07T18:00Z")
    assert "Your appointment has moved" in page
    assert "Thursday, January 7, 2027, 10:00 AM PST" in page
    assert "It was on Wednesday, January 6, 2027, 10:00 AM PST" in page
    assert "With Robin Alvarez" in page


def test_the_emails_about_a_request_name_who_comes_and_whom_they_ask_for(
    request_for_a_child: Appointment,
) -> None:
    emails = OutgoingEmail.objects.all()
    assert len(emails) == 2  # to the patient and to the front desk
    for text in (text for email in emails for text in texts_of(email)):
        assert "For: Kim" in text
        assert "With: Robin Alvarez" in text


def test_a_request_without_a_time_shows_what_was_wished(client: Client, service: Service) -> None:
    appointment = make_appointment(service=service, wants_call=True)
    page = said(client.get(f"/book/mine/{issue_link(appointment)}/"))
    assert "What works for you Tuesday, January 5, morning" in page
    assert "How we’ll find a time We’ll call you" in page
