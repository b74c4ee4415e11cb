"""Whoever sees a patient leaves a line, once for each look; what cannot be noted is not shown."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from booking.actions.calendars.calendar_feeds import open_feed
from booking.actions.personal_data.erasing import erase_appointment
from booking.actions.visits import cancel_appointment
from booking.models import Appointment, Practitioner, Service, WaitingListOffer
from clinic_site.access_log.models import AccessLine
from clinic_site.access_log.reading import read_lines
from clinic_site.accounts.models import User
from tests.booking.factories import LIST, at, book, copies, page_of
from tests.booking.waiting.factories import WAITING, call_in, slot
from tests.factories import make_user
from tests.looks import key_of_row, lines_of

CALENDAR = "/admin/calendar/?day=2027-01-06"
EXPORT = f"{LIST}?export=csv"


@pytest.fixture
def desk(client: Client, staff: User) -> Client:
    client.force_login(staff)
    return client


def news(client: Client, seen: str = "nothing yet") -> Any:
    """What a calendar that is open asks for by itself."""
    return client.get(CALENDAR, headers={"X-Seen": seen})


def test_each_look_at_a_page_is_a_line_of_its_own(desk: Client, appointment: Appointment) -> None:
    for _time in range(3):
        desk.get(page_of(appointment))
    lines = AccessLine.objects.filter(table="booking.appointment", record=appointment.pk)
    assert [(line.kind, line.via, line.account) for line in lines] == [
        ("look", "appointments:inspect", User.objects.get().pk)
    ] * 3


def test_a_calendar_that_renews_itself_writes_whom_it_had_not_shown_in_that_hour(
    desk: Client,
    service: Service,
    robin: Practitioner,
    staff: User,
    clock: time_machine.Traveller,
) -> None:
    first = book(service, at(6, 10), by=staff)
    desk.get(CALENDAR)
    assert AccessLine.objects.filter(kind="look").count() == 1
    news(desk)
    assert AccessLine.objects.filter(kind="look").count() == 1
    second = book(service, at(6, 12), by=staff)
    for _time in range(2):
        news(desk)
    assert lines_of(staff) == {key_of_row(first), key_of_row(second)}
    assert AccessLine.objects.filter(kind="look").count() == 2
    clock.shift(timedelta(hours=1))
    news(desk)
    assert AccessLine.objects.filter(kind="look").count() == 4


def test_somebody_elses_calendar_is_another_look(
    desk: Client, service: Service, robin: Practitioner, staff: User
) -> None:
    book(service, at(6, 10), by=staff)
    news(desk)
    colleague = Client()
    colleague.force_login(make_user("Front desk", username="colleague"))
    news(colleague)
    accounts = AccessLine.objects.filter(kind="look").values_list("account", flat=True)
    assert len({*accounts}) == 2


def test_looking_costs_one_insert_and_a_renewal_without_news_writes_nothing(
    desk: Client, service: Service, robin: Practitioner, staff: User
) -> None:
    for hour in (9, 10, 11, 13, 14):
        book(service, at(6, hour), by=staff)
    for ask, inserts in ((lambda: desk.get(CALENDAR), 1), (lambda: news(desk), 0)):
        with CaptureQueriesContext(connection) as queries:
            ask()
        written = [one["sql"] for one in queries if one["sql"].startswith("INSERT")]
        assert len(written) == inserts
        assert all("access_log_accessline" in sql for sql in written)
        locks = [one["sql"] for one in queries if one["sql"].startswith(("BEGIN", "SAVEPOINT"))]
        assert len(locks) == inserts  # on SQLite a transaction waits for whoever writes


def test_a_look_that_cannot_be_stored_is_refused(
    service: Service, robin: Practitioner, staff: User
) -> None:
    kim = book(service, at(6, 10), by=staff, name="Kim Park")
    owner = Client(raise_request_exception=False)
    owner.force_login(make_user("Owners"))
    addresses = (page_of(kim), CALENDAR, LIST, EXPORT)
    for address in addresses:
        assert owner.get(address).status_code == 200
    put_away_the_log()
    for address in addresses:
        answer = owner.get(address)
        assert answer.status_code == 503
        assert "Kim Park" not in answer.content.decode()


def test_what_was_done_is_done_once_and_names_nobody_if_the_look_is_not_stored(
    careful_client: Client, service: Service, robin: Practitioner, staff: User
) -> None:
    kim = call_in(service, staff, "Kim Park")
    careful_client.force_login(staff)
    page = careful_client.get(f"{WAITING}fits/", {"slot": slot(robin)})
    token = {"csrfmiddlewaretoken": str(page.context["csrf_token"])}
    form = token | {"slot": slot(robin), "next": "/admin/account/"}
    put_away_the_log()
    for _press in range(2):
        assert careful_client.post(f"{WAITING}{kim.pk}/offer/", form).status_code == 302
    assert WaitingListOffer.objects.count() == 1
    told = careful_client.get("/admin/account/").content.decode()
    assert "It may have been saved" in told
    assert "Kim Park" not in told


def test_a_form_that_may_have_been_taken_is_not_said_to_be_lost(
    service: Service, robin: Practitioner, staff: User
) -> None:
    kim = book(service, at(6, 10), by=staff, name="Kim Park")
    desk = Client(raise_request_exception=False)
    desk.force_login(staff)
    put_away_the_log()
    form = {"version": 1, "note": "As agreed."}
    here = {"Sec-Fetch-Site": "same-origin"}
    answer = desk.post(page_of(kim, "moved"), form, headers=here)
    told = answer.content.decode()
    assert answer.status_code == 503
    assert "may have been saved already" in told
    assert "Kim Park" not in told
    assert "As agreed." in told  # kept


def put_away_the_log() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE access_log_accessline RENAME TO put_away")


def test_an_export_names_every_row_of_the_file(client: Client, appointment: Appointment) -> None:
    copies(appointment, [f"2222-{number:04d}" for number in range(600)])
    client.force_login(make_user("Owners"))
    b"".join(client.get(EXPORT))  # type: ignore[call-overload]
    exported = AccessLine.objects.filter(kind="export").values_list("record", flat=True)
    assert sorted(exported) == sorted(Appointment.objects.values_list("pk", flat=True))


def test_a_feed_that_is_read_is_a_line_of_its_practitioner_once_an_hour(
    client: Client, service: Service, robin: Practitioner, staff: User
) -> None:
    robin.person.account = make_user("Practitioners")
    robin.person.save()
    visit = book(service, at(6, 10), by=staff)
    address = f"/calendars/{open_feed(robin, by=staff)}.ics"
    first = client.get(address)
    client.get(address)
    line = AccessLine.objects.get(kind="feed")
    assert (line.account, line.via) == (robin.person.account.pk, "practitioner_calendar")
    assert (line.table, line.record) == key_of_row(visit)
    assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304


def test_a_feed_of_somebody_without_an_account_says_whose_it_is(
    client: Client, service: Service, robin: Practitioner, staff: User
) -> None:
    visit = book(service, at(6, 10), by=staff)
    address = f"/calendars/{open_feed(robin, by=staff)}.ics"
    for _time in range(2):
        client.get(address)
    line = AccessLine.objects.get(kind="feed")
    assert (line.account, line.details) == (None, f"practitioner {robin.pk}")
    assert (line.table, line.record) == key_of_row(visit)
    [told] = read_lines([line], {})
    assert told.who == "No account of ours"


def test_erasing_somebody_leaves_the_lines_and_no_line_names_anybody(
    desk: Client, service: Service, robin: Practitioner, staff: User
) -> None:
    kim = book(service, at(6, 10), by=staff, name="Kim Park", email="kim@patient.example")
    desk.get(page_of(kim))
    cancel_appointment(kim, by=staff)
    before = list(AccessLine.objects.values())
    erase_appointment(kim, by=staff)
    assert list(AccessLine.objects.values()) == before
    assert not any(word in str(before) for word in ("Kim", "kim@", kim.reference))


def test_what_is_found_on_the_server_is_a_line_as_well(
    appointment: Appointment, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("person", "find", "jo@patient.example")
    assert appointment.reference in capsys.readouterr().out
    assert key_of_row(appointment) in lines_of()
    call_command("person", "export", "jo@patient.example")
    looks = AccessLine.objects.filter(table="booking.appointment")
    assert [(line.account, line.kind, line.via) for line in looks.order_by("pk")] == [
        (None, "look", "person find"),
        (None, "export", "person export"),
    ]
