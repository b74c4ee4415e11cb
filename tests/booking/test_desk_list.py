"""The list of appointments: what stands where, and how it is found."""

from datetime import UTC, datetime

import pytest
import time_machine
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


@pytest.mark.parametrize(
    "written",
    ["o’brien", "805-555-0123", "(805) 555", "+1 805 555 0123", "5550123"],
)
def test_the_list_is_searched_as_people_write(
    desk: Client, appointment: Appointment, written: str
) -> None:
    make_appointment(name="Kim Park", phone="+13105550199")
    found = rows(desk.get(LIST, {"q": written}))
    assert [row.split()[0] for row in found] == [appointment.reference]


@pytest.mark.parametrize(
    "written",
    ["Émilie", "émilie", "emilie", "EMILIE", "Öztürk", "öztürk", "OZTURK", "ozt", "ÉMI Ö", "İde"],
)
def test_a_patient_is_found_by_a_few_letters_whatever_their_accents(
    desk: Client, service: Service, written: str
) -> None:
    make_appointment(name="Kim Park", phone="+13105550199")
    of_her = make_appointment(name="Émilie Öztürk", visitor_name="Ide Lund")
    found = rows(desk.get(LIST, {"q": written}))
    assert [row.split()[0] for row in found] == [of_her.reference]


@pytest.mark.parametrize(
    "typed", ["0049 30 9018", "030 901820", "+49 30 901", "٩٠١٨٢٠", "９０１８２０"]
)
def test_a_number_from_abroad_is_found_as_it_is_dialed(service: Service, typed: str) -> None:
    make_appointment()
    abroad = make_appointment(phone="+4930901820")
    assert Appointment.objects.matching(typed).get() == abroad


def test_a_name_that_is_corrected_is_found_as_it_is_now(service: Service) -> None:
    one = make_appointment(name="Jon Lund")
    Appointment.objects.filter(pk=one.pk).update(name="Jón Łund-Ørsted")
    assert not Appointment.objects.matching("jonas").exists()
    for written in ("jon", "LUND", "orsted", "lund-ørsted", "lundorsted"):
        assert Appointment.objects.matching(written).get() == one


def test_a_reference_is_found_however_it_is_written(desk: Client, appointment: Appointment) -> None:
    make_appointment()
    reference = appointment.reference
    for written in (reference, reference.lower(), reference.replace("-", " "), reference[:4]):
        assert rows(desk.get(LIST, {"q": written}))[0].split()[0] == reference


@pytest.mark.parametrize("query", ['"', "%", "x" * 5000, "' OR 1=1 --", "\ud83d\ude00"])
def test_no_search_breaks_the_list(desk: Client, appointment: Appointment, query: str) -> None:
    query = query.encode("utf-16", "surrogatepass").decode("utf-16")
    assert desk.get(LIST, {"q": query}).status_code == 200
    assert desk.get(f"{LIST}results/", {"q": query, "p": query}).status_code == 200
    assert desk.get(LIST, {"state": query, "ordering": query}).status_code == 200


def test_a_search_for_nul_is_refused_before_any_database_sees_it(desk: Client) -> None:
    assert desk.get(LIST, {"q": "\0"}).status_code == 400


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
