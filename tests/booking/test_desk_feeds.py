"""Owners open and revoke feeds of a practitioner's calendar, and take busy times from a file."""

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from booking.ical.parse import LARGEST
from booking.models import BusyTime, CalendarFeed, Claim, Practitioner, Service
from clinic_site.accounts.roles import Role
from tests.booking.factories import at, book, make_practitioner, said
from tests.factories import make_user

FILE = b"""BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//test//EN
BEGIN:VEVENT
UID:1@test
DTSTAMP:20270101T000000Z
DTSTART:20270106T180000Z
DTEND:20270106T190000Z
SUMMARY:The dentist
END:VEVENT
END:VCALENDAR
""".replace(b"\n", b"\r\n")


@pytest.fixture
def owner(client: Client, service: Service) -> Client:
    client.force_login(make_user("Owners"))
    return client


def page_of(robin: Practitioner) -> str:
    return f"/admin/practitioners/{robin.pk}/calendars/"


def test_a_feed_is_opened_read_and_revoked(owner: Client, robin: Practitioner) -> None:
    assert "No one’s calendar is reading this one" in said(owner.get(page_of(robin)))
    page = owner.post(page_of(robin), {"open": "yes", "detail": "busy"})
    field = BeautifulSoup(page.content, "html.parser").select_one("#feed-address")
    assert field is not None
    address = "/calendars/" + str(field["value"]).split("/calendars/")[1]
    assert Client().get(address).status_code == 200
    assert address not in owner.get(page_of(robin)).content.decode()
    feed = CalendarFeed.objects.get()
    owner.post(page_of(robin), {"revoke": feed.pk})
    assert Client().get(address).status_code == 404


def test_nobody_revokes_by_looking_or_for_somebody_else(
    owner: Client, service: Service, robin: Practitioner
) -> None:
    owner.post(page_of(robin), {"open": "yes", "detail": "busy"})
    feed = CalendarFeed.objects.get()
    owner.get(page_of(robin), {"revoke": feed.pk})
    for key in (str(feed.pk), "x", "9" * 30):
        owner.post(page_of(make_practitioner(f"Other {key}", service)), {"revoke": key})
    assert CalendarFeed.objects.usable(timezone.now()).count() == 1


def test_busy_times_are_taken_and_visits_stand(
    owner: Client, service: Service, robin: Practitioner
) -> None:
    visit = book(service, at(6, 10, 30))
    sent = {"file": SimpleUploadedFile("mine.ics", FILE, "text/calendar")}
    page = owner.post(page_of(robin), sent)
    assert visit.reference in said(page)
    assert "1 busy time imported." in said(page)
    assert "The dentist" not in page.content.decode()
    assert Claim.objects.filter(appointment=visit).count() == 12
    assert Claim.objects.filter(busy_time=BusyTime.objects.get()).count() == 6


def test_the_start_page_says_when_a_file_ends_before_what_patients_can_book(
    owner: Client, service: Service, robin: Practitioner
) -> None:
    owner.post(page_of(robin), {"file": SimpleUploadedFile("mine.ics", FILE, "text/calendar")})
    assert "They reach to September" in said(owner.get(page_of(robin)))
    told = f"The busy times from {robin}’s calendar file end on"
    assert told not in said(owner.get("/admin/"))
    Service.objects.update(horizon_days=365)
    assert told in said(owner.get("/admin/"))


def test_what_was_left_out_is_said(owner: Client, robin: Practitioner) -> None:
    odd = FILE.replace(b"DTSTART:20270106T180000Z", b"DTSTART:one day").replace(b"DTEND", b"EXDATE")
    sent = SimpleUploadedFile("mine.ics", odd + FILE, "text/calendar")
    page = said(owner.post(page_of(robin), {"file": sent}))
    assert "Left out: an entry of January 6, 2027 — its dates can’t be read." in page
    assert "1 busy time imported." in page


def test_a_file_without_busy_times_asks_before_it_removes_them(
    owner: Client, robin: Practitioner
) -> None:
    def send(content: bytes) -> HttpResponse:
        sent = SimpleUploadedFile("mine.ics", content, "text/calendar")
        return owner.post(page_of(robin), {"file": sent})

    send(FILE)
    page = send(FILE.replace(b"2027", b"2017"))
    assert "This file has no busy times from today on. Remove the 1 that is there?" in said(page)
    assert BusyTime.objects.count() == 1
    button = BeautifulSoup(page.content, "html.parser").select_one("button[name=remove]")
    assert button is not None
    send(FILE)
    again = owner.post(page_of(robin), {"remove": button["value"]})
    assert "Remove the 1 that is there?" in said(again)  # others than were asked about
    button = BeautifulSoup(again.content, "html.parser").select_one("button[name=remove]")
    assert button is not None
    for _ in range(2):
        owner.post(page_of(robin), {"remove": button["value"]})
    assert not Claim.objects.exists()
    assert "no busy times" not in said(owner.get(page_of(robin)))


@pytest.mark.parametrize("content", [b"", b"read this file as a calendar", b"x" * (LARGEST + 1)])
def test_what_is_no_calendar_is_refused(owner: Client, robin: Practitioner, content: bytes) -> None:
    sent = {"file": SimpleUploadedFile("mine.ics", content, "text/calendar")}
    page = owner.post(page_of(robin), sent)
    assert page.context["busy_form"].errors["file"]
    assert not BusyTime.objects.exists()


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.OWNERS}))
def test_others_open_none(client: Client, robin: Practitioner, role: str) -> None:
    client.force_login(make_user(role))
    assert client.get(page_of(robin))["Location"] == "/admin/"
    response = client.post(page_of(robin), {"open": "yes", "detail": "busy"})
    assert response["Location"] == "/admin/"
    assert not CalendarFeed.objects.exists()
