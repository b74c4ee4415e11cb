"""The list of appointments: what stands where, and how it is found."""

from datetime import UTC, datetime

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from booking.actions.answers import decline_appointment
from booking.models import Appointment, Service
from clinic_site.accounts.models import User
from tests.booking.factories import LIST, copies, make_appointment, rows


def test_the_list_says_what_the_desk_needs(desk: Client, appointment: Appointment) -> None:
    [row] = rows(desk.get(LIST))
    for words in (
        appointment.reference,
        "requested",
        "Posture assessment",
        "Tue, Jan 5, 2027, morning",
        "Jo O’Brien",
        "Jan 4, 2027, 9:00 AM",
    ):
        assert words in row


def test_what_waits_stands_first_then_the_newest(
    desk: Client, service: Service, clock: time_machine.Traveller
) -> None:
    made = []
    for hour in range(4):
        clock.move_to(datetime(2027, 1, 4, 18 + hour, tzinfo=UTC))
        made.append(make_appointment())
    decline_appointment(made[3], by=User.objects.get())
    listed = [row.split()[0] for row in rows(desk.get(LIST))]
    assert listed == [made[n].reference for n in (2, 1, 0, 3)]


def test_the_list_can_be_narrowed_to_a_state(desk: Client, service: Service) -> None:
    waiting, declined = make_appointment(), make_appointment()
    decline_appointment(declined, by=User.objects.get())
    assert [row.split()[0] for row in rows(desk.get(f"{LIST}?state=declined"))] == [
        declined.reference
    ]
    assert [row.split()[0] for row in rows(desk.get(f"{LIST}results/?state=requested"))] == [
        waiting.reference
    ]


def test_names_are_looked_for_in_no_address(desk: Client, appointment: Appointment) -> None:
    page = desk.get(LIST)
    assert not BeautifulSoup(page.content, "html.parser").select('form[method="get"] [name="q"]')
    make_appointment(name="Kim Park")
    assert len(rows(desk.get(LIST, {"q": "Kim"}))) == 2


@pytest.mark.parametrize("query", ['"', "%", "x" * 5000, "' OR 1=1 --", "\ud83d\ude00"])
def test_no_address_breaks_the_list(desk: Client, appointment: Appointment, query: str) -> None:
    query = query.encode("utf-16", "surrogatepass").decode("utf-16")
    assert desk.get(LIST, {"state": query, "ordering": query}).status_code == 200
    assert desk.get(f"{LIST}results/", {"day": query, "p": query}).status_code == 200


def test_the_list_asks_the_database_the_same_for_ten_and_a_thousand(
    desk: Client, service: Service
) -> None:
    template = make_appointment()
    desk.get(LIST)
    counts = []
    for total in (10, 1000):
        copies(template, [str(n) for n in range(Appointment.objects.count(), total)])
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert len(rows(desk.get(LIST))) == min(total, 30)
        counts.append(len(queries))
    # The paginator asks no more for many pages than for one.
    assert counts[0] == counts[1] <= 25
