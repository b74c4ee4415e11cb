"""Whatever is sent, the person reads what is wrong beside the field and loses no word."""

import json
from datetime import date, timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.utils import timezone

from booking.actions.personal_data.retention import delete_ended_drafts
from booking.models import Appointment, BookingDraft, Service
from booking.public.in_progress import InProgress
from clinic_site.clinic.models import Closure
from clinic_site.clinic.models.locations import Location
from tests.booking.factories import (
    begin,
    errors_by_field,
    filled_form,
    make_service,
    press_send,
    request_of,
    said,
    see,
    send,
    typed,
    was_sent,
)

LONE_SURROGATE = '--x\r\nContent-Disposition: form-data; name="name"\r\n\r\n\\ud800\r\n--x--\r\n'


def refused(client: Client, **changes: object) -> dict[str, list[str]]:
    """Send the form with `changes`; return what is said about it, all else being kept."""
    form = filled_form(**changes)
    page = send(client, form, follow=True)
    assert page.status_code == 200
    assert not Appointment.objects.exists()
    kept = InProgress.of(BookingDraft.objects.get()).answers
    assert {name: kept[name] for name in form} == form
    return errors_by_field(page)


@pytest.mark.parametrize(
    ("field", "text", "complaint"),
    [
        ("service", "", "Please choose a service."),
        ("service", "99999", "can’t be booked online anymore"),
        ("service", "9" * 40, "can’t be booked online anymore"),
        ("service", "1\x00", "Null characters"),
        ("service", "' OR 1=1", "can’t be booked online anymore"),
        ("first_day", "", "Please choose a day, or ask us to call."),
        ("first_day", "soon", "Please enter the date"),
        ("first_day", "2027-02-30", "Please enter the date"),
        ("first_day", "2027-01-05\x00", "Please enter the date"),
        ("first_day", "2027-01-03", "That day has passed."),
        ("first_day", "0001-01-01", "That day has passed."),
        ("first_day", "2027-04-05", "within the next 90 days"),
        ("first_day", "9999-12-31", "within the next 90 days"),
        ("first_day", "2027-01-09", "We’re open Monday – Friday."),
        ("first_part", "midnight", "Please choose a time of day."),
        ("name", "", "Please enter your name."),
        ("name", "x" * 81, "at most 80 characters"),
        ("name", "Jo\r\nBcc: all@example.com", "on one line"),
        ("name", "Jo\x00", "the character U+0000 after “Jo”"),
        ("name", "Jo\x1b[2J", "the character U+001B after “Jo”"),
        ("name", "\u202e\u200b", "Please enter your name."),
        ("phone", "12", "with its area code"),
        ("phone", "x" * 41, "at most 40 characters"),
        ("phone", "805 555 0123\nBcc: x", "on one line"),
        ("phone", "805 555 0123\x00", "U+0000 after “805 555 0123”"),
        ("email", "jo@", "like name@example.com"),
        ("email", "jo@example.com\nBcc: x@example.com", "like name@example.com"),
        ("email", "jo@example.com\x00", "U+0000 after “jo@example.com”"),
        ("email", f"{'x' * 250}@example.com", "at most 254 characters|like name@"),
        ("new_patient", "", "Please tell us if"),
        ("new_patient", "perhaps", "one of these two"),
        ("visitor_name", "see www.pills.example", "without a web address"),
        ("visitor_name", "x" * 81, "at most 80 characters"),
        ("access_needs", "x" * 301, "at most 300 characters"),
        ("access_needs", "a lift\r\nBcc: x@example.com", "on one line"),
        ("location", "99999", "one of these locations"),
        ("location", "1\x00", "one of these locations|Null characters"),
        ("second_day", "2027-01-03", "That day has passed."),
        ("third_day", "2027-01-10", "We’re closed that day."),
        ("third_part", "midnight", "Please choose a time of day."),
        ("note", "x" * 501, "at most 500 characters"),
        ("note", "hello\x00", "U+0000 after “hello”"),
    ],
)
def test_a_wrong_answer_is_named_beside_its_field(
    client: Client, service: Service, field: str, text: str, complaint: str
) -> None:
    said_of = refused(client, **{field: text})
    assert list(said_of) == [field]
    words = " ".join(said_of[field])
    assert any(part in words for part in complaint.split("|")), words


def test_the_page_with_a_mistake_says_so_first(client: Client, service: Service) -> None:
    page = send(client, filled_form(name="", phone="12"), follow=True)
    html = page.content.decode()
    assert "<title>Error: How can we reach you?" in html
    assert html.count('href="#id_name"') == html.count('href="#id_phone"') == 1
    assert 'aria-invalid="true"' in html
    assert page.templates[0].name == "booking/contact.html"


def test_a_right_page_does_not_say_error(client: Client, service: Service) -> None:
    form = {name: value for name, value in filled_form().items() if name.startswith("first")}
    request = begin(client, form | {"service": str(service.pk)})
    assert "Error" not in said(client.get(f"{request}contact/"))


def test_a_mistake_in_an_earlier_step_leads_back_to_it(client: Client, service: Service) -> None:
    request = begin(client, filled_form(first_day="2027-01-09", name=""))
    for step in ("contact", "check", "send"):
        page = client.get(f"{request}{step}/", follow=True)
        assert page.templates[0].name == "booking/wishes.html"
        assert list(errors_by_field(page)) == ["first_day"]


def test_a_service_withdrawn_meanwhile_is_named(client: Client, service: Service) -> None:
    make_service("Another")
    request = begin(client, filled_form())
    Service.objects.filter(pk=service.pk).update(active=False)
    page = press_send(client, request, follow=True)
    assert "can’t be booked online anymore" in errors_by_field(page)["service"][0]
    assert not Appointment.objects.exists()


def test_an_empty_form_is_asked_for_its_first_step(client: Client, service: Service) -> None:
    page = send(client, {}, follow=True)
    assert next(iter(errors_by_field(page))) == "service"


def test_today_and_the_ninetieth_day_can_be_chosen(client: Client, service: Service) -> None:
    for day in ("2027-01-04", "2027-04-02"):  # the ninetieth, the 4th, is a Sunday
        send(client, filled_form(first_day=day))
    assert Appointment.objects.count() == 2


def test_today_is_the_locations_today(
    client: Client, service: Service, clock: time_machine.Traveller
) -> None:
    clock.move_to("2027-01-05T07:30:00+00:00")  # Monday 23:30 in Santa Barbara
    page = see(client, filled_form(first_day="2027-01-04"))
    assert page.templates[0].name == "booking/check.html"
    Location.objects.update(time_zone="Asia/Tokyo")  # Tuesday 16:30
    page = see(client, filled_form(first_day="2027-01-04"))
    assert "has passed" in errors_by_field(page)["first_day"][0]


def test_without_opening_hours_any_day_can_be_asked_for(client: Client, service: Service) -> None:
    Location.objects.get().opening_hours.all().delete()
    send(client, filled_form(first_day="2027-01-09"))
    assert Appointment.objects.exists()


def test_what_is_typed_is_kept_for_two_hours_after_the_last_step(
    client: Client, service: Service, clock: time_machine.Traveller
) -> None:
    """Asked of the clock, whether or not the worker has tidied up."""
    request = begin(client, filled_form())
    clock.shift(timedelta(hours=1))
    client.post(f"{request}contact/", {"name": "Jo"})
    clock.shift(timedelta(hours=2) - timedelta(seconds=1))
    assert "Jo" in client.get(f"{request}contact/").content.decode()
    clock.shift(timedelta(seconds=1))
    page = client.get(f"{request}contact/")
    assert page.status_code == 404
    assert "has expired" in said(page)
    assert said(client.get("/book/request/unknown/contact/")) == said(page)


def test_a_form_that_was_open_for_too_long_keeps_its_words(
    client: Client, service: Service, clock: time_machine.Traveller
) -> None:
    request = begin(client, filled_form())
    clock.shift(timedelta(hours=3))
    answer = client.post(f"{request}contact/", {"name": "Jo O’Brien", "note": "After five."})
    page = client.get(answer["Location"])
    assert "this was open longer" in said(page)
    again = request_of(answer)
    assert again != request
    client.post(f"{again}service/", {"service": service.pk})
    client.post(f"{again}wishes/", {"wants_call": "on"})
    kept = typed(client.get(f"{again}contact/"))
    assert (kept["name"], kept["note"]) == ("Jo O’Brien", "After five.")


def test_what_is_over_is_forgotten(
    client: Client, service: Service, clock: time_machine.Traveller
) -> None:
    begin(client, filled_form())
    clock.shift(timedelta(hours=1))
    begin(client, filled_form())
    clock.shift(timedelta(hours=1))
    delete_ended_drafts(timezone.now())
    assert BookingDraft.objects.count() == 1
    assert was_sent(send(client, filled_form()))
    assert BookingDraft.objects.count() == 1


def test_nobody_reads_in_the_database_what_is_in_progress(client: Client, service: Service) -> None:
    request = begin(client, filled_form())
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM booking_bookingdraft")
        row = str(cursor.fetchall())
    for secret in ("Brien", "555-0123", "patient.example", request.split("/")[3]):
        assert secret not in row


def test_of_a_doubled_field_one_counts(client: Client, service: Service) -> None:
    form = filled_form() | {"name": ["First", "Second"]}
    assert was_sent(send(client, form))
    assert Appointment.objects.get().name == "Second"


def test_hidden_characters_are_dropped(client: Client, service: Service) -> None:
    send(client, filled_form(name="  Jo\u202e\u200b O’Brien "))
    assert Appointment.objects.get().name == "Jo O’Brien"


def test_the_longest_answers_are_kept_whole(client: Client, service: Service) -> None:
    longest = {
        "name": "ß" * 80,
        "phone": "805-555-0123 ext. 1234567890123456789",
        "email": f"{'x' * 64}@{'y' * 60}.{'y' * 60}.{'y' * 59}.example",
        "note": "line\r\n" * 99 + "last\r\n",
    }
    assert was_sent(send(client, filled_form(**longest)))
    appointment = Appointment.objects.get()
    assert appointment.name == longest["name"]
    assert appointment.phone == "+18055550123;ext=1234567890123456789"
    assert (len(appointment.email), len(appointment.note)) == (254, 499)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (json.dumps({"name": "Jo"}), "application/json"),
        ("{", "application/json"),
        ("", "application/x-www-form-urlencoded"),
        ("name=%ff%fe&note=%00", "application/x-www-form-urlencoded"),
        ("--x\r\nbroken", "multipart/form-data; boundary=x"),
        ("broken", "multipart/form-data"),
        (LONE_SURROGATE, "multipart/form-data; boundary=x; charset=raw_unicode_escape"),
        (LONE_SURROGATE, "multipart/form-data; boundary=x; charset=base64"),
        ("name=a", "application/x-www-form-urlencoded; charset=utf-16"),
        ("a" * 5_000_000, "application/x-www-form-urlencoded"),
        ("name=" + "a" * 5_000_000, "application/x-www-form-urlencoded"),
        ("&".join(f"a{n}=1" for n in range(20_000)), "application/x-www-form-urlencoded"),
    ],
)
def test_no_body_breaks_the_page(client: Client, service: Service, body: str, kind: str) -> None:
    request = begin(client, filled_form())
    for address in ("/book/", f"{request}contact/", f"{request}send/"):
        response = client.generic("POST", address, body.encode(), content_type=kind)
        assert response.status_code in {303, 400, 413}
    assert client.get("/book/").status_code == 200
    assert not Appointment.objects.exists()


def test_a_file_in_place_of_words_is_nothing(client: Client, service: Service) -> None:
    form = filled_form() | {"name": SimpleUploadedFile("name.txt", b"Jo")}
    page = send(client, form, follow=True)
    assert errors_by_field(page) == {"name": ["Please enter your name."]}


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_foreign_page_cannot_send_the_form(
    careful_client: Client, service: Service, headers: dict[str, str]
) -> None:
    request = begin(careful_client, filled_form())
    for address in ("/book/", f"{request}contact/", f"{request}send/"):
        assert careful_client.post(address, {}, headers=headers).status_code == 403
    assert not Appointment.objects.exists()


def test_the_own_page_sends_it_without_a_cookie(careful_client: Client, service: Service) -> None:
    headers = {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}
    assert was_sent(send(careful_client, filled_form(), headers=headers))


def test_html_in_an_answer_is_only_text(client: Client, service: Service) -> None:
    form = filled_form(name="<script>alert(1)</script>", note="</textarea><img src=x>")
    for step in ("service", "contact", "check"):
        html = see(client, form, step).content
        assert b"<script>alert" not in html
        assert b"<img" not in html


def test_a_part_of_the_day_after_closing_time_is_told_beside_it(
    client: Client, service: Service
) -> None:
    page = see(client, filled_form(first_part="evening"), "contact")
    assert list(errors_by_field(page)) == ["first_part"]
    page = see(client, filled_form(first_part="any"), "contact")
    assert page.templates[0].name == "booking/contact.html"


def test_one_of_phone_and_email_is_enough(client: Client, service: Service) -> None:
    for missing in ("phone", "email"):
        assert was_sent(send(client, filled_form(**{missing: ""})))
    page = send(client, filled_form(phone="", email=""), follow=True)
    assert errors_by_field(page) == {
        "phone": ["Please enter a phone number or an email address."],
        "email": ["Or enter an email address."],
    }


def test_who_wants_a_call_gives_a_number(client: Client, service: Service) -> None:
    page = send(client, filled_form(wants_call="on", phone=""), follow=True)
    assert "where we can call you" in errors_by_field(page)["phone"][0]


@pytest.mark.parametrize(
    ("typed_number", "stored"),
    [
        ("805-880-6533", "+18058806533"),
        ("(805) 880 6533", "+18058806533"),
        ("+44 20 7946 0018", "+442079460018"),
        ("0044 20 7946 0018", "+442079460018"),
        ("888-888-8888", None),
        ("805.880.6533 x12", "+18058806533;ext=12"),
        ("805-880-6533 ext. 7", "+18058806533;ext=7"),
    ],
)
def test_phone_numbers_are_taken_as_people_write_them(
    client: Client, service: Service, typed_number: str, stored: str | None
) -> None:
    send(client, filled_form(phone=typed_number))
    assert [one.phone for one in Appointment.objects.all()] == ([stored] if stored else [])


@pytest.mark.parametrize(
    "name", ["李小龍", "Ольга Иванова", "محمد علي", "Zoë D’Arcy-Ñúñez", "ngọc ánh"]
)
def test_names_in_any_script_are_kept(client: Client, service: Service, name: str) -> None:
    send(client, filled_form(name=name))
    assert Appointment.objects.get().name == name


def test_a_day_on_which_the_whole_clinic_is_closed_cannot_be_wished_for(
    client: Client, service: Service
) -> None:
    Closure.objects.create(first_day=date(2027, 1, 5), last_day=date(2027, 1, 5))
    page = send(client, filled_form(), follow=True)
    assert "Please choose another" in errors_by_field(page)["first_day"][0]


def test_what_is_not_asked_cannot_be_sent(client: Client, service: Service) -> None:
    """State, length, price and number of an appointment are nobody's to send."""
    forged = {"state": "confirmed", "duration_minutes": "5", "buffer_minutes": "0", "id": "1"}
    forged |= {"price_text": "free", "reference": "AAAA-AAAA", "version": "9", "by": "1"}
    send(client, filled_form() | forged)
    appointment = Appointment.objects.get()
    assert (appointment.state, appointment.duration_minutes) == ("requested", 60)
    assert (appointment.price_text, appointment.version) == ("$140", 1)
    assert appointment.reference != "AAAA-AAAA"
