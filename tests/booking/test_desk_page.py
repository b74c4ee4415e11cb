"""The page of one appointment, and what the front desk can do there."""

from datetime import UTC, datetime

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from booking.actions.answers import decline_appointment
from booking.models import Appointment
from clinic_site.accounts.models import User
from clinic_site.clinic.models.locations import Location
from clinic_site.mail.models import OutgoingEmail
from tests.booking.factories import LIST, page_of, rows, said
from tests.factories import make_user
from tests.looks import key_of_row, lines_of


def test_the_page_of_one_shows_all_of_it(desk: Client, appointment: Appointment) -> None:
    words = said(desk.get(page_of(appointment)))
    for fact in (
        appointment.reference,
        "Posture assessment (60 minutes, $140)",
        "Tuesday, January 5, 2027, morning",
        "Monday, January 4, 2027, 9:00 AM PST",
        "Jo O’Brien",
        "(805) 555-0123",
        "jo@patient.example",
        "Please call after five.",
        "State Street",
    ):
        assert fact in words


def test_its_history_says_who_did_what_when(desk: Client, appointment: Appointment) -> None:
    form = {"version": 1, "day": "2027-01-06", "time": "10:30"}
    desk.post(page_of(appointment, "confirmed"), form)
    desk.post(page_of(appointment, "canceled"), {"version": 2, "reason": "Robin is ill."})
    assert rows(desk.get(page_of(appointment))) == [
        "Jan 4, 2027, 9:00 AM PST the patient requested",
        "Jan 4, 2027, 9:00 AM PST Sam Lee confirmed, requested → confirmed: Jan 6, 2027, 10:30 AM",
        "Jan 4, 2027, 9:00 AM PST Sam Lee canceled, confirmed → canceled: "
        "Jan 6, 2027, 10:30 AM Robin is ill.",
    ]


def test_only_what_leads_on_is_offered(desk: Client, appointment: Appointment) -> None:
    def offered() -> list[str]:
        return [form.event_type for form in desk.get(page_of(appointment)).context["forms"]]

    assert offered() == ["confirmed", "proposed", "declined"]
    form = {"version": 1, "day": "2027-01-06", "time": "10:30"}
    desk.post(page_of(appointment, "confirmed"), form)
    assert offered() == ["moved", "canceled"]
    desk.post(page_of(appointment, "canceled"), {"version": 2})
    assert offered() == []


def test_times_stand_on_the_clock_of_the_location(desk: Client, appointment: Appointment) -> None:
    Location.objects.update(time_zone="Asia/Tokyo")
    form = {"version": 1, "day": "2027-01-06", "time": "10:30"}
    desk.post(page_of(appointment, "confirmed"), form)
    assert Appointment.objects.get().starts_at == datetime(2027, 1, 6, 1, 30, tzinfo=UTC)
    assert "Wednesday, January 6, 2027, 10:30 AM JST" in said(desk.get(page_of(appointment)))
    assert "Wed, Jan 6, 2027, 10:30 AM" in rows(desk.get(LIST))[0]


def test_looking_leaves_a_line_in_the_log(desk: Client, appointment: Appointment) -> None:
    desk.get(page_of(appointment))
    assert lines_of(User.objects.get()) == {key_of_row(appointment)}


def test_wagtails_report_of_the_log_can_be_read(client: Client, appointment: Appointment) -> None:
    client.force_login(User.objects.create_superuser("root"))
    client.post(page_of(appointment, "declined"), {"version": 1})
    report = client.get("/admin/reports/site-history/")
    assert "Appointment declined" in said(report)
    assert page_of(appointment) in report.content.decode()


@pytest.mark.parametrize(
    ("day", "time", "field", "complaint"),
    [
        ("", "", "slot", "choose one"),
        ("", "10:30", "day", "required"),
        ("2027-01-06", "", "time", "required"),
        ("soon", "10:30", "day", "valid date"),
        ("2027-01-06", "noon", "time", "valid time"),
        ("2027-01-06", "25:00", "time", "valid time"),
        ("2027-01-03", "10:30", "day", "from today"),
        ("2027-03-14", "02:30", "time", "clocks skip"),
        ("2028-01-06", "10:30", "day", "a year from now"),
        ("9999-12-31", "23:59", "day", "a year from now"),
        ("0001-01-01", "00:00", "day", "from today"),
        ("2027-01-06\x00", "10:30\x00", "day", "valid date"),
    ],
)
def test_a_time_that_cannot_be_is_refused_and_kept(
    desk: Client, appointment: Appointment, day: str, time: str, field: str, complaint: str
) -> None:
    form = {"version": 1, "day": day, "time": time}
    page = desk.post(page_of(appointment, "confirmed"), form)
    assert page.status_code == 200
    sent = page.context["forms"][0]
    assert complaint in " ".join(sent.errors[field])
    assert (sent["day"].value(), sent["time"].value()) == (day, time)
    assert Appointment.objects.get().state == "requested"


def test_of_an_hour_that_comes_twice_the_first_is_meant(
    desk: Client, appointment: Appointment
) -> None:
    form = {"version": 1, "day": "2027-11-07", "time": "01:30"}
    desk.post(page_of(appointment, "confirmed"), form)
    assert Appointment.objects.get().starts_at == datetime(2027, 11, 7, 8, 30, tzinfo=UTC)


@pytest.mark.parametrize("move", ["declined", "canceled"])
def test_words_to_the_patient_reach_the_email_and_the_history(
    desk: Client, appointment: Appointment, move: str
) -> None:
    OutgoingEmail.objects.all().delete()
    desk.post(page_of(appointment, move), {"version": 1, "reason": "We are full."})
    assert Appointment.objects.get().state == move
    assert "We are full." in OutgoingEmail.objects.get().text
    assert Appointment.objects.get().events.get(to_state=move).note == "We are full."


def test_words_that_are_too_long_are_kept(desk: Client, appointment: Appointment) -> None:
    page = desk.post(page_of(appointment, "declined"), {"version": 1, "reason": "x" * 501})
    [form] = [form for form in page.context["forms"] if form.errors]
    assert (form.event_type, form["reason"].value()) == ("declined", "x" * 501)
    assert Appointment.objects.get().state == "requested"


def test_a_stale_page_shows_how_it_stands_now(desk: Client, appointment: Appointment) -> None:
    decline_appointment(appointment, by=User.objects.get())
    OutgoingEmail.objects.all().delete()
    form = {"version": 1, "day": "2027-01-06", "time": "10:30"}
    page = desk.post(page_of(appointment, "confirmed"), form)
    assert page.status_code == 409
    assert "Someone else changed this appointment." in said(page)
    assert "declined, requested → declined" in said(page)
    assert Appointment.objects.get().state == "declined"
    assert not OutgoingEmail.objects.exists()


def test_a_stale_form_that_still_leads_on_keeps_its_words(
    desk: Client, appointment: Appointment
) -> None:
    Appointment.objects.update(version=7)
    sent = {"version": 1, "reason": "We are full."}
    page = desk.post(page_of(appointment, "declined"), sent)
    [form] = [form for form in page.context["forms"] if form.is_bound]
    assert (form["reason"].value(), form["version"].value()) == ("We are full.", "7")
    desk.post(page_of(appointment, "declined"), sent | {"version": 7})
    assert Appointment.objects.get().state == "declined"


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 30, "1\x00"])
def test_a_version_that_is_none_changes_nothing(
    desk: Client, appointment: Appointment, version: str
) -> None:
    page = desk.post(page_of(appointment, "declined"), {"version": version})
    assert page.status_code == 200
    assert Appointment.objects.get().state == "requested"


def test_nothing_is_done_without_a_token(careful_client: Client, appointment: Appointment) -> None:
    careful_client.force_login(make_user("Front desk"))
    response = careful_client.post(page_of(appointment, "declined"), {"version": 1})
    assert response.status_code == 403
    assert Appointment.objects.get().state == "requested"


def test_the_pages_own_token_is_enough(careful_client: Client, appointment: Appointment) -> None:
    careful_client.force_login(make_user("Front desk"))
    soup = BeautifulSoup(careful_client.get(page_of(appointment)).content, "html.parser")
    form = soup.select_one(f"form[action='{page_of(appointment, 'declined')}']")
    assert form is not None
    held = {field["name"]: field.get("value", "") for field in form.select("input")}
    careful_client.post(page_of(appointment, "declined"), held)
    assert Appointment.objects.get().state == "declined"


def test_opening_a_move_by_its_address_changes_nothing(
    desk: Client, appointment: Appointment
) -> None:
    for move in ("declined", "canceled", "moved", "arrived", "completed", "no_show"):
        assert desk.get(page_of(appointment, move))["Location"] == page_of(appointment)
    for move in ("confirmed", "proposed"):
        assert desk.get(page_of(appointment, move)).status_code == 200
    assert Appointment.objects.get().state == "requested"


def test_an_unknown_appointment_is_not_found(desk: Client) -> None:
    assert desk.get(f"{LIST}999999/").status_code == 404
    assert desk.post(f"{LIST}999999/declined/", {"version": 1}).status_code == 404
    assert desk.get(f"{LIST}{'9' * 30}/").status_code == 404
