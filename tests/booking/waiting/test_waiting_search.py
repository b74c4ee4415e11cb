"""Somebody on a long waiting list is found, and those past the first page are seen."""

from datetime import date, timedelta

import pytest
from django.test import Client

from booking.actions.waiting.callers import TimeWished
from booking.desk.waiting import listing
from booking.models import Appointment, Practitioner, Service, WaitingListEntry
from clinic_site.accounts.models import User
from tests.booking.factories import copies, said
from tests.booking.waiting.factories import WAITING, call_in, fits, names


@pytest.fixture
def three(user: User, service: Service) -> list[WaitingListEntry]:
    return [
        call_in(service, user, "Ann Öztürk"),
        call_in(service, user, "Ben Two", phone="+18055550177", email="ben@patient.example"),
        call_in(service, user, "Pat Parent", visitor_name="Mia Child", for_somebody_else=True),
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ozt", ["Ann Öztürk"]),
        ("mia", ["Mia Child"]),
        ("pat par", ["Mia Child"]),
        ("(805) 555-0177", ["Ben Two"]),
        ("0177", ["Ben Two"]),
        ("BEN@patient.example", ["Ben Two"]),
        ("nobody", []),
        ("\"'%", []),
    ],
)
def test_somebody_is_found_however_they_are_typed(
    desk: Client, three: list[WaitingListEntry], text: str, found: list[str]
) -> None:
    page = desk.get(WAITING, {"q": text})
    assert [row.appointment.visitor for row in page.context["rows"]] == found


def test_somebody_is_found_by_their_reference(desk: Client, three: list[WaitingListEntry]) -> None:
    page = desk.get(WAITING, {"q": three[1].appointment.reference.lower()})
    assert [row.appointment.visitor for row in page.context["rows"]] == ["Ben Two"]
    assert "1. Ben" not in said(page)  # which is not their place


def many(entry: WaitingListEntry, number: int) -> None:
    """As many more who wait for the same, and have for longer."""
    references = [f"W{n:05}" for n in range(number)]
    copies(entry.appointment, references)
    WaitingListEntry.objects.bulk_create(
        WaitingListEntry(
            appointment=visit,
            without_visit=True,
            joined_at=entry.joined_at - timedelta(days=1),
            first_day=entry.first_day,
        )
        for visit in Appointment.objects.filter(reference__in=references)
    )


def test_those_past_the_first_page_are_seen_in_their_order(
    desk: Client, user: User, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "SHOWN", 3)
    for number in range(7):
        call_in(service, user, f"Caller {number}")
    page = desk.get(WAITING, {"service": service.pk, "page": "2"})
    assert names(page) == ["Caller 3", "Caller 4", "Caller 5"]
    assert "4. Caller 3" in said(page)
    html = page.content.decode()
    assert f"?service={service.pk}&amp;page=3" in html
    assert f"?service={service.pk}&amp;page=1" in html
    for odd in ("0", "99", "x", "-1"):
        assert desk.get(WAITING, {"page": odd}).status_code == 200


def test_whom_a_time_fits_is_looked_for_among_all_who_wait(
    desk: Client, user: User, service: Service, robin: Practitioner
) -> None:
    many(call_in(service, user, "In May", wished=TimeWished(first_day=date(2027, 5, 1))), 400)
    call_in(service, user, "Last Fitting", wished=TimeWished(robin), phone="+18055550143")
    assert names(fits(desk, robin)) == ["Last Fitting"]
