"""Patients move and cancel online until the visit begins, and know beforehand what it costs."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.test import Client

from booking import emails
from booking.cancellation_policy import CancellationPolicy
from booking.formatting import change_terms, terms_once_confirmed
from booking.manage_links import issue_link
from booking.models import Appointment, Practitioner, Service
from booking.models.rules import LateChanges
from clinic_site.mail.models import OutgoingEmail
from tests.booking.factories import (
    SANTA_BARBARA,
    at,
    book,
    filled_form,
    form_for,
    said,
    see,
    send,
    set_rules,
)
from tests.outbox import emails_about

TEN = at(6, 10)
FREE = "You can move or cancel it online for free until Tuesday, January 5, 2027, 10:00 AM PST."

ONCE = "Once it’s confirmed, you can move or cancel it online"
UNTIL = "for free until Tuesday, January 5, 2027, 10:00 AM PST"
HOURS = "for free until 24 hours before your visit"


@pytest.fixture
def visit(service: Service, robin: Practitioner) -> Appointment:
    """An agreed visit on Wednesday at ten; it is Monday, nine o'clock."""
    Service.objects.update(mode=Service.Mode.AT_ONCE)
    service.refresh_from_db()
    return book(service, TEN, email="jo@patient.example")


@pytest.fixture
def link(visit: Appointment) -> str:
    return f"/book/mine/{issue_link(visit)}/"


def press(client: Client, address: str) -> Any:
    """Open a page that asks, and press its button."""
    form = BeautifulSoup(client.get(address).content, "html.parser").select("main form")[-1]
    fields = {field["name"]: field["value"] for field in form.select("input[type=hidden]")}
    return client.post(address, fields, follow=True)


@pytest.mark.parametrize(
    ("policy", "early", "late"),
    [
        (CancellationPolicy(24, late_online=True), "for free until it begins", "until it"),
        (
            CancellationPolicy(24, late_online=True, late_fee="half the price"),
            f"{FREE} After that, a change costs half the price.",
            "less than 24 hours before your visit, so a change now costs half the price.",
        ),
        (
            CancellationPolicy(24, late_online=False),
            f"{FREE} After that, please call us.",
            "less than 24 hours before your visit, so please call us to change it.",
        ),
        (
            CancellationPolicy(24, late_online=False, late_fee="$40", reason="We keep it for you."),
            "After that, please call us; a change then costs $40. We keep it for you.",
            "please call us to change it. A change now costs $40. We keep it for you.",
        ),
    ],
)
def test_the_terms_are_said_before_and_after_the_last_free_moment(
    policy: CancellationPolicy, early: str, late: str
) -> None:
    def terms(now: datetime) -> str:
        return change_terms(TEN, SANTA_BARBARA, policy, now=now)

    assert early in terms(at(5, 10))
    assert late in terms(at(5, 10) + timedelta(seconds=1))
    assert terms(TEN) == ""


@pytest.mark.parametrize(
    ("policy", "early", "late"),
    [
        (
            CancellationPolicy(24, late_online=True),
            "Call us to move or cancel it. It’s free",
            "Call us",
        ),
        (
            CancellationPolicy(24, late_online=True, late_fee="half the price"),
            "Call us to move or cancel it. It’s free until Tuesday, January 5, 2027, 10:00 AM PST. "
            "After that, a change costs half the price.",
            "so please call us to change it. A change now costs half the price.",
        ),
    ],
)
def test_whoever_has_no_link_is_promised_none(
    policy: CancellationPolicy, early: str, late: str
) -> None:
    for now, words in ((at(5, 10), early), (at(5, 11), late)):
        terms = change_terms(TEN, SANTA_BARBARA, policy, now=now, has_link=False)
        assert words in terms
        assert "online" not in terms


def test_whoever_gave_a_phone_number_alone_can_change_it_online_too(
    client: Client, service: Service, robin: Practitioner
) -> None:
    set_rules(late_fee="half the price")
    Service.objects.update(mode=Service.Mode.AT_ONCE)
    sent = filled_form(starts_at="2027-01-06T18:00Z", email="")
    page = said(send(client, sent, follow=True))
    assert "You can move or cancel it online for free until Tuesday, January 5" in page


def test_what_is_late_is_still_done_online_until_the_visit_begins(
    client: Client, visit: Appointment, link: str, clock: time_machine.Traveller
) -> None:
    set_rules(late_fee="half the price")
    clock.move_to(TEN - timedelta(minutes=1))
    assert "so a change now costs half the price" in said(client.get(f"{link}cancel/"))
    assert "Your appointment is canceled" in said(press(client, f"{link}cancel/"))


def test_once_it_has_begun_nothing_is_changed_online(
    client: Client, visit: Appointment, link: str, clock: time_machine.Traveller
) -> None:
    clock.move_to(TEN)
    page = client.post(f"{link}cancel/", {"version": str(visit.version)}, follow=True)
    assert "Nothing was canceled" in said(page)
    visit.refresh_from_db()
    assert visit.state == "confirmed"


def test_a_clinic_may_ask_for_a_call_and_say_why(
    client: Client, visit: Appointment, link: str, clock: time_machine.Traveller
) -> None:
    set_rules(late_changes=LateChanges.CALL, late_reason="We keep this time for you alone.")
    clock.move_to(at(5, 11))
    page = said(client.get(link))
    assert "so please call us to change it. We keep this time for you alone." in page
    assert "Cancel it" not in page
    assert "Move it" not in page


def test_the_same_terms_stand_wherever_a_patient_decides(
    client: Client, visit: Appointment, link: str
) -> None:
    set_rules(late_fee="half the price")
    terms = f"{FREE} After that, a change costs half the price."
    for page in (link, f"{link}cancel/", f"{link}move/?starts_at=2027-01-07T18:00Z"):
        assert terms in said(client.get(page)), page
    emails.appointment_reminder(visit)
    reminder = OutgoingEmail.objects.latest("pk")
    assert terms in reminder.text
    assert terms in " ".join(BeautifulSoup(reminder.html, "html.parser").get_text(" ").split())


@pytest.mark.parametrize(
    ("policy", "early", "late", "no_time"),
    [
        (
            CancellationPolicy(24, late_online=True),
            f"{ONCE} for free until it begins.",
            f"{ONCE} for free until it begins.",
            f"{ONCE} for free until it begins.",
        ),
        (
            CancellationPolicy(24, late_online=True, late_fee="half the price"),
            f"{ONCE} {UNTIL}. After that, a change costs half the price.",
            "Once it’s confirmed, a change costs half the price.",
            f"{ONCE} {HOURS}. After that, a change costs half the price.",
        ),
        (
            CancellationPolicy(24, late_online=False, reason="We keep it for you."),
            f"{ONCE} {UNTIL}. After that, please call us. We keep it for you.",
            "Once it’s confirmed, please call us to change it. We keep it for you.",
            f"{ONCE} {HOURS}. After that, please call us. We keep it for you.",
        ),
        (
            CancellationPolicy(24, late_online=False, late_fee="$40"),
            f"{ONCE} {UNTIL}. After that, please call us; a change then costs $40.",
            "Once it’s confirmed, please call us to change it. A change then costs $40.",
            f"{ONCE} {HOURS}. After that, please call us; a change then costs $40.",
        ),
    ],
)
def test_whoever_asks_for_a_visit_knows_what_a_change_will_cost(
    policy: CancellationPolicy, early: str, late: str, no_time: str
) -> None:
    def terms(starts_at: datetime | None, now: datetime) -> str:
        return terms_once_confirmed(starts_at, SANTA_BARBARA, policy, now=now)

    assert terms(TEN, at(5, 10)) == early
    assert terms(TEN, at(5, 10) + timedelta(seconds=1)) == late
    assert terms(None, at(5, 10)) == no_time


def test_the_terms_stand_wherever_a_visit_is_asked_for(
    client: Client, service: Service, robin: Practitioner
) -> None:
    set_rules(late_fee="half the price")
    held = form_for(TEN)
    terms = f"{ONCE} {UNTIL}. After that, a change costs half the price."
    assert terms in said(see(client, held))
    assert terms in said(send(client, held, follow=True))
    request = Appointment.objects.latest("pk")
    assert terms in said(client.get(f"/book/mine/{issue_link(request)}/"))
    received = emails_about("We have your request").get()
    assert terms in received.text
    assert terms in " ".join(BeautifulSoup(received.html, "html.parser").get_text(" ").split())


def test_the_terms_stand_beside_times_that_are_offered(
    client: Client, service: Service, robin: Practitioner
) -> None:
    set_rules(late_fee="half the price")
    terms = f"{ONCE} {HOURS}. After that, a change costs half the price."
    assert terms in said(see(client, filled_form()))
    assert terms in said(send(client, filled_form(), follow=True))
    request = Appointment.objects.latest("pk")
    emails.appointment_proposed(request, note="")
    proposed = OutgoingEmail.objects.latest("pk")
    assert terms in proposed.text
    assert terms in " ".join(BeautifulSoup(proposed.html, "html.parser").get_text(" ").split())


@pytest.mark.parametrize("price", ["free", "Free.", "No charge", "$0"])
def test_changing_a_free_visit_late_costs_nothing(
    client: Client, visit: Appointment, link: str, price: str, clock: time_machine.Traveller
) -> None:
    set_rules(late_fee="half the price", late_reason="We keep this time just for you.")
    assert "half the price" in said(client.get(link))
    Appointment.objects.update(price_text=price)
    clock.move_to(TEN - timedelta(hours=1))
    for address in (link, f"{link}cancel/"):
        page = said(client.get(address))
        assert "You can move or cancel it online for free until it begins." in page
        assert "half the price" not in page


@pytest.mark.parametrize("price", ["", "$110", "free for members, $40 for others"])
def test_what_may_have_a_price_has_the_late_fee(price: str) -> None:
    policy = CancellationPolicy(24, late_online=True, late_fee="half the price")
    assert policy.for_price(price) == policy
