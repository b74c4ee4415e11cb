"""What the clinic says in its own words before the first question of booking and after the last."""

from bs4 import BeautifulSoup
from django.test import Client

from booking.actions.visits import cancel_appointment
from booking.models import Appointment, Practitioner, Service
from booking.public.ticket import done_address
from clinic_site.accounts.models import User
from tests.booking.factories import at, book
from tests.factories import make_clinic

HOSTILE = "Come in <b>socks</b> & {{ shoes }}."


def paragraphs(client: Client, address: str) -> list[str]:
    page = BeautifulSoup(client.get(address).content, "html.parser")
    return [found.text for found in page.select("main p")]


def test_the_introduction_is_above_the_first_question(client: Client, robin: Practitioner) -> None:
    make_clinic(booking_introduction=HOSTILE)
    assert HOSTILE in paragraphs(client, "/book/")
    make_clinic(booking_introduction="")
    assert not {HOSTILE, ""} & {*paragraphs(client, "/book/")}


def test_what_comes_after_is_for_a_visit_that_stands(
    client: Client, robin: Practitioner, service: Service, staff: User
) -> None:
    make_clinic(booking_thanks=HOSTILE)
    request = book(service, at(7, 10))
    visit = book(service, at(7, 14), by=staff)
    assert request.state == Appointment.State.REQUESTED
    assert HOSTILE not in paragraphs(client, done_address(request))
    assert HOSTILE in paragraphs(client, done_address(visit))
    make_clinic(booking_thanks="")
    assert not {HOSTILE, ""} & {*paragraphs(client, done_address(visit))}
    make_clinic(booking_thanks=HOSTILE)
    cancel_appointment(visit, by=staff)
    assert HOSTILE not in paragraphs(client, done_address(visit))
