"""A patient asks for an appointment, and the clinic has it on record."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from booking.models import Appointment, Service
from booking.templatetags.booking_tags import services
from clinic_site.clinic.models.details import ClinicDetails
from tests.booking.factories import (
    begin,
    filled_form,
    make_appointment,
    make_practitioner,
    make_service,
    reference_in,
    said,
    send,
)


def test_a_request_is_stored_and_its_reference_told(client: Client, service: Service) -> None:
    response = send(client, filled_form())
    appointment = Appointment.objects.get()
    assert response.status_code == 303
    assert reference_in(response) == appointment.reference


def test_the_record_holds_what_was_said_and_what_was_promised(
    client: Client, service: Service
) -> None:
    send(client, filled_form())
    service.name, service.price_text, service.duration_minutes = "Renamed", "$999", 5
    service.save()
    appointment = Appointment.objects.get()
    assert appointment.state == "requested"
    assert appointment.location == ClinicDetails.load().location
    assert appointment.service_name == "Posture assessment"
    assert (appointment.duration_minutes, appointment.price_text) == (60, "$140")
    assert (appointment.preferred_date, appointment.part_of_day) == (date(2027, 1, 5), "morning")
    assert (appointment.name, appointment.email) == ("Jo O’Brien", "jo@patient.example")
    assert (appointment.phone, appointment.new_patient) == ("+18055550123", True)
    assert appointment.note == "Please call after five."


def test_its_history_begins_with_the_patient(client: Client, service: Service) -> None:
    send(client, filled_form())
    event = Appointment.objects.get().events.get()
    assert (event.from_state, event.to_state, event.by) == ("", "requested", None)


def test_the_thank_you_page_shows_the_reference_and_the_phone(
    client: Client, service: Service
) -> None:
    response = send(client, filled_form(), follow=True)
    words = said(response)
    assert Appointment.objects.get().reference in words
    assert "805-880-6533" in words


def test_the_thank_you_page_names_nobody(client: Client, service: Service) -> None:
    words = said(send(client, filled_form(), follow=True))
    for secret in ("O’Brien", "555-0123", "jo@patient.example", "Posture assessment", "after five"):
        assert secret not in words


def test_whoever_guesses_a_reference_gets_no_further(client: Client, service: Service) -> None:
    address = send(client, filled_form())["Location"]
    reference = Appointment.objects.get().reference
    other = make_appointment().reference
    gone = client.get("/book/done/x/")
    for guess in (reference, "2222-2222", f"{reference}:1:x", "\ud7ff", "%00", f"{reference}%0A"):
        page = client.get(f"/book/done/{guess}/")
        assert (page.status_code, page.content) == (404, gone.content)
    assert client.get(address.replace(reference, other)).status_code == 404
    assert client.get(address).status_code == 200


def test_the_thank_you_page_is_there_for_a_day(
    client: Client, service: Service, clock: time_machine.Traveller
) -> None:
    address = send(client, filled_form())["Location"]
    clock.shift(timedelta(hours=23))
    assert client.get(address).status_code == 200
    clock.shift(timedelta(hours=2))
    assert client.get(address).status_code == 404


def test_the_thank_you_page_is_only_read(client: Client, service: Service) -> None:
    address = send(client, filled_form())["Location"]
    assert client.post(address).status_code in {403, 405}


def test_the_thank_you_page_says_what_happens_next(client: Client, service: Service) -> None:
    make_practitioner("Robin Alvarez", service)

    def page(**changes: str) -> str:
        return said(send(client, filled_form(**changes), follow=True))

    assert "We’ll look for a time that works for you." in page()
    assert "We’ll call you to find a time together." in page(wants_call="on")
    held = page(starts_at="2027-01-05T18:00Z", email="")
    assert "or until Monday, January 4, 2027, 5:00 PM PST at the latest" in held
    assert "we’ll call you" in held
    Service.objects.update(mode=Service.Mode.AT_ONCE)
    booked = page(starts_at="2027-01-05T20:00Z")
    assert "Your appointment is confirmed Tuesday, January 5, 2027, 12:00 PM PST" in booked


def test_the_thank_you_page_says_what_was_wished_and_that_it_is_for_somebody_else(
    client: Client, service: Service
) -> None:
    words = said(send(client, filled_form(visitor_name="Kim Child"), follow=True))
    assert "Preferred: Tuesday, January 5, 2027, morning" in words
    assert "For the person you named" in words
    assert "Kim" not in words
    assert "For the person you named" not in said(send(client, filled_form(), follow=True))


def test_a_reference_cannot_be_misread(service: Service) -> None:
    references = {make_appointment().reference for _ in range(50)}
    assert len(references) == 50
    for reference in references:
        assert re.fullmatch(r"[2-9B-DF-HJ-KM-NP-TV-XZ]{4}-[2-9B-DF-HJ-KM-NP-TV-XZ]{4}", reference)


def test_logs_know_an_appointment_by_its_reference_alone(service: Service) -> None:
    appointment = make_appointment()
    assert str(appointment) == appointment.reference
    assert str(appointment.events.get()) == f"{appointment.reference}: requested"


def test_no_page_with_an_answer_is_kept_anywhere(client: Client, service: Service) -> None:
    request = begin(client, filled_form())
    pages = [client.get(f"{request}{step}/") for step in ("service", "contact", "check")]
    pages.append(send(client, filled_form(name=""), follow=True))
    pages.append(send(client, filled_form(), follow=True))
    for page in pages:
        assert page.status_code == 200
        assert "no-store" in page["Cache-Control"]
        assert page["Referrer-Policy"] == "strict-origin"
        assert not page.cookies


@pytest.mark.slow
def test_after_each_post_the_page_is_a_get_that_a_browser_can_go_back_to(
    client: Client, service: Service
) -> None:
    """`no-store` on the answer to a post has browsers show an error of their own on Back."""
    request = begin(client, filled_form())
    right = {"service": service.pk}
    posts: list[tuple[str, dict[str, Any]]] = [("/book/", {}), ("/book/", right)]
    for step in ("service", "location", "with", "time", "wishes", "contact", "check", "send"):
        posts += [(f"{request}{step}/", {}), (f"{request}{step}/", right)]
        posts.append((f"/book/request/unknown/{step}/", {"name": "Jo Canary"}))
    for address, typed in posts:
        answer = client.post(address, typed)
        assert answer.status_code == 303, address
        assert not answer.has_header("Cache-Control")
        assert "Canary" not in answer["Location"]


def test_without_services_booking_goes_by_phone(client: Client, service: Service) -> None:
    Service.objects.update(active=False)
    for response in (client.get("/book/"), client.post("/book/", {}, follow=True)):
        assert response.status_code == 200
        assert "book by phone" in said(response)
        assert "805-880-6533" in said(response)


@pytest.mark.django_db
def test_a_clinic_without_a_location_answers_too(client: Client) -> None:
    make_service()
    assert "isn’t open yet" in said(client.get("/book/"))


def test_other_pages_list_what_can_be_booked_in_the_clinics_order(service: Service) -> None:
    make_service("Last", sort_order=2)
    make_service("First", sort_order=0)
    make_service("Gone", active=False)
    assert [str(service) for service in services()] == ["First", "Posture assessment", "Last"]
