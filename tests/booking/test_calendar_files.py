"""What goes into people's calendars: accepted there, kept up to date, and discreet."""

from datetime import timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.test import Client
from icalendar import Calendar, Event

from booking.actions.visits import cancel_by_patient, move_appointment
from booking.ical.export import appointment_ics, invitation, method_of
from booking.manage_links import issue_link
from booking.models import Appointment, Practitioner, Service
from booking.public.ticket import done_address
from clinic_site.clinic.models.details import ClinicDetails
from clinic_site.clinic.models.locations import Location
from tests.booking.factories import at, book
from tests.outbox import emails_to


@pytest.fixture
def visit(service: Service, robin: Practitioner) -> Appointment:
    service.mode = Service.Mode.AT_ONCE
    service.save()
    return book(service, at(6, 10), email="jo@patient.example", note="My hip hurts")


def event_of(file: bytes | str) -> Event:
    [event] = Calendar.from_ical(file).events
    return event


def test_the_file_puts_the_visit_in_a_calendar_at_its_time_and_place(visit: Appointment) -> None:
    event = event_of(appointment_ics(visit))
    assert event.start == at(6, 10)
    assert event.end == at(6, 11)
    assert event["SUMMARY"] == f"Motion Unlimited: {visit.reference}"
    assert event["STATUS"] == "CONFIRMED"
    assert "1129 State Street" in event["LOCATION"]


def test_a_change_reaches_the_same_entry(visit: Appointment) -> None:
    before = event_of(invitation(visit))
    move_appointment(visit, starts_at=at(7, 14))
    moved = event_of(invitation(visit))
    cancel_by_patient(visit)
    canceled = event_of(invitation(visit))
    assert before["UID"] == moved["UID"] == canceled["UID"]
    assert before["SEQUENCE"] < moved["SEQUENCE"] < canceled["SEQUENCE"]
    assert moved.start == at(7, 14)
    assert canceled["STATUS"] == "CANCELLED"
    assert method_of(visit) == Calendar.from_ical(invitation(visit))["METHOD"] == "CANCEL"


def test_a_time_that_is_only_held_is_tentative(service: Service, robin: Practitioner) -> None:
    event = event_of(appointment_ics(book(service, at(6, 10))))
    assert event["STATUS"] == "TENTATIVE"


def test_times_are_in_utc_and_lines_as_calendars_want_them(visit: Appointment) -> None:
    Location.objects.update(street="Wilhelmstraße " * 8)
    visit.location.refresh_from_db()
    for file in (appointment_ics(visit), invitation(visit).encode()):
        assert b"DTSTART:20270106T180000Z\r\n" in file
        assert b"DTEND:20270106T190000Z\r\n" in file
        assert b"DTSTAMP:20270104T170000Z\r\n" in file
        assert file.count(b"\n") == file.count(b"\r\n")
        assert max(len(line) for line in file.split(b"\r\n")) <= 75
        assert ("Wilhelmstraße " * 8).strip() in event_of(file)["LOCATION"]


def test_it_names_neither_people_nor_what_is_done(visit: Appointment) -> None:
    for file in (appointment_ics(visit).decode(), invitation(visit)):
        for word in ("Jo", "Brien", "Robin", "Posture", "assessment", "hip", "5550123"):
            assert word not in file.replace("Posture. Strength.", "")
    assert "patient.example" not in appointment_ics(visit).decode()


def test_nothing_typed_becomes_a_line_of_its_own(visit: Appointment) -> None:
    ClinicDetails.objects.update(name='Clinic "A"; B\r\nATTENDEE:mailto:eve@x.example')
    Location.objects.update(street="1 Road\r\nBEGIN:VALARM", city="X;Y,Z\\n")
    visit = Appointment.objects.select_related("location").get()
    for file in (appointment_ics(visit), invitation(visit)):
        event = event_of(file)
        assert [part.name for part in event.subcomponents] == ["VALARM"]  # ours
        assert "eve@x.example" not in str(event.get("ATTENDEE"))
        assert event["LOCATION"].startswith("1 Road\nBEGIN:VALARM, X;Y,Z\\n")


def test_it_rings_two_hours_before_and_leads_to_the_clinics_page(visit: Appointment) -> None:
    event = event_of(appointment_ics(visit))
    [alarm] = event.walk("VALARM")
    assert alarm["TRIGGER"].dt == -timedelta(hours=2)
    assert alarm["DESCRIPTION"] == event["SUMMARY"]
    assert event["URL"] == f"{settings.BASE_URL}/"
    cancel_by_patient(visit)
    assert not event_of(invitation(visit)).walk("VALARM"), "no alarm for what is off"


def test_the_links_for_calendars_on_the_web_say_what_the_file_says_and_no_more(
    client: Client, visit: Appointment
) -> None:
    event = event_of(appointment_ics(visit))
    pages = [client.get(f"/book/mine/{issue_link(visit)}/"), client.get(done_address(visit))]
    [email] = emails_to("jo@patient.example")
    for html in (*(page.content.decode() for page in pages), email.html):
        links = BeautifulSoup(html, "html.parser").select(
            "a[href*='calendar.google'], a[href*='outlook']"
        )
        google, outlook = (dict(parse_qsl(urlsplit(str(link["href"])).query)) for link in links)
        assert google["dates"] == "20270106T180000Z/20270106T190000Z"
        assert (outlook["startdt"], outlook["enddt"]) == (
            "2027-01-06T18:00:00Z",
            "2027-01-06T19:00:00Z",
        )
        said = [google["text"], google["location"], google["details"]]
        assert said == [outlook["subject"], outlook["location"], outlook["body"]]
        assert said == [event["SUMMARY"], event["LOCATION"], event["DESCRIPTION"]]
        for link in links:
            for secret in ("book", "mine", "done", "Posture", "Brien", "Robin", "hip"):
                assert secret not in str(link["href"])
    assert "calendar.google.com" in email.text
    assert "/calendar/" in email.text.split("Apple: ")[1]


def test_an_email_about_a_move_has_links_to_the_new_time(visit: Appointment) -> None:
    move_appointment(visit, starts_at=at(7, 14))
    *_earlier, mail = emails_to("jo@patient.example")
    links = BeautifulSoup(mail.html, "html.parser").select("a[href*='calendar.google']")
    [google] = (dict(parse_qsl(urlsplit(str(link["href"])).query)) for link in links)
    assert google["dates"] == "20270107T220000Z/20270107T230000Z"
    assert "delete the old entry" in mail.text
    apple = mail.text.split("Apple: ")[1].split()[0]
    assert apple.endswith("/calendar/")
    assert apple in mail.html


def test_an_invitation_says_who_asks_whom(visit: Appointment) -> None:
    event = event_of(invitation(visit))
    assert event["ORGANIZER"] == "mailto:desk@clinic.example"
    assert event["ATTENDEE"] == "mailto:jo@patient.example"


def test_without_a_time_there_is_no_entry(appointment: Appointment) -> None:
    with pytest.raises(ValueError, match="needs a time"):
        appointment_ics(appointment)
