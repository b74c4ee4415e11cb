"""Whatever was typed about an appointment can be corrected later."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core import mail
from django.test import Client

from booking.actions.corrections import correct_appointment
from booking.actions.undo import undo_change
from booking.manage_links import find_appointment, issue_link
from booking.models import Appointment, Practitioner, Service
from clinic_site.accounts.models import User
from clinic_site.mail.models import OutgoingEmail
from clinic_site.mail.sending import send_due_emails
from tests.booking.calendar_pages import CALENDAR
from tests.booking.factories import MONDAY_MORNING, at, book, make_service, page_of, said
from tests.booking.test_grace import leave, subject
from tests.factories import make_user

TEN = at(6, 10)
WRONG, RIGHT = "joe@patient.example", "jo@patient.example"
Clock = time_machine.Traveller


@pytest.fixture
def visit(service: Service, robin: Practitioner) -> Appointment:
    visit = book(service, TEN, by=make_user("Owners"), email=WRONG)
    OutgoingEmail.objects.all().delete()
    return visit


def form_of(desk: Client, visit: Appointment) -> dict[str, Any]:
    """What the page would send if nothing were changed on it."""
    form = desk.get(page_of(visit, "correct")).context["form"]
    sent = {field.name: field.value() for field in form}
    return {name: value for name, value in sent.items() if value not in (None, False)}


def test_everything_is_corrected_on_one_page_with_a_line_of_history(
    desk: Client, visit: Appointment
) -> None:
    course = make_service("Posture course", duration_minutes=90, price_text="$200")
    sent = form_of(desk, visit) | {
        "name": "Jo Brien",
        "phone": "310 555 0199",
        "email": RIGHT,
        "visitor_name": "Kim Brien",
        "access_needs": "Wheelchair",
        "note": "Use the side door.",
        "service": course.pk,
    }
    desk.post(page_of(visit, "correct"), sent)
    visit.refresh_from_db()
    assert (visit.name, visit.phone, visit.email) == ("Jo Brien", "+13105550199", RIGHT)
    assert (visit.visitor, visit.access_needs) == ("Kim Brien", "Wheelchair")
    assert (visit.service_name, visit.price_text) == ("Posture course", "$200")
    assert visit.ends_at == TEN + timedelta(minutes=90)
    assert visit.claims.count() == 18
    event = visit.events.last()
    assert event is not None
    assert event.event_type == "corrected"
    assert "phone, email" in event.details
    assert "310" not in event.details + event.note


def test_what_is_the_same_changes_nothing(desk: Client, visit: Appointment) -> None:
    page = desk.post(page_of(visit, "correct"), form_of(desk, visit), follow=True)
    assert "Nothing was different." in said(page)
    assert visit.events.count() == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"phone": "555-0171"}, "phone"),
        ({"phone": "", "email": ""}, "phone"),
        ({"email": "jo@"}, "email"),
        ({"duration_minutes": "0"}, "duration_minutes"),
        ({"duration_minutes": "9999"}, "duration_minutes"),
        ({"service": "x"}, "service"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field_and_kept(
    desk: Client, visit: Appointment, changes: dict[str, str], field: str
) -> None:
    sent = form_of(desk, visit) | {"note": "Kept."} | changes
    form = desk.post(page_of(visit, "correct"), sent).context["form"]
    assert form.errors[field]
    assert form["note"].value() == "Kept."
    assert visit.events.count() == 1


def test_a_longer_visit_that_meets_another_is_refused_by_name(
    desk: Client, service: Service, visit: Appointment
) -> None:
    book(service, at(6, 11), by=make_user("Owners", username="ana"), name="Ana Agreed")
    sent = form_of(desk, visit) | {"duration_minutes": "75"}
    page = desk.post(page_of(visit, "correct"), sent)
    assert "There’s no room for that length. In the way: Ana Agreed, 11:00 AM" in said(page)
    visit.refresh_from_db()
    assert (visit.duration_minutes, visit.claims.count()) == (60, 12)


def test_what_was_typed_is_kept_if_somebody_else_was_quicker(
    desk: Client, visit: Appointment
) -> None:
    sent = form_of(desk, visit) | {"note": "Mine."}
    correct_appointment(visit, by=make_user("Owners", username="ana"), note="Theirs.")
    page = desk.post(page_of(visit, "correct"), sent)
    assert page.status_code == 409
    assert page.context["form"]["note"].value() == "Mine."
    visit.refresh_from_db()
    assert visit.note == "Theirs."


@pytest.mark.parametrize(
    ("changes", "tell", "told"),
    [
        ({"duration_minutes": 75}, True, True),
        ({"duration_minutes": 75}, False, False),
        ({"access_needs": "Wheelchair", "note": "Side door."}, True, False),
    ],
)
def test_patients_hear_only_of_what_they_see_and_if_the_desk_says_so(
    visit: Appointment,
    staff: User,
    clock: Clock,
    changes: dict[str, Any],
    tell: bool,
    told: bool,
) -> None:
    correct_appointment(visit, by=staff, tell=tell, **changes)
    expected = [f"Your appointment {visit.reference} has changed"] if told else []
    assert leave(clock) == expected


def test_a_link_in_a_strangers_mailbox_opens_nothing_once_the_address_is_corrected(
    visit: Appointment, staff: User, clock: Clock
) -> None:
    link = issue_link(visit)
    correct_appointment(visit, by=staff, tell=True, email=RIGHT)
    clock.shift(timedelta(seconds=30))
    correct_appointment(visit, by=staff, tell=True, name="Jo Brien")
    assert find_appointment(link, now=MONDAY_MORNING + timedelta(minutes=1)) is None
    leave(clock)
    assert mail.outbox[-1].to == [RIGHT]


def test_an_email_to_a_wrong_address_that_has_not_left_goes_to_the_right_one(
    service: Service, robin: Practitioner, staff: User, clock: Clock
) -> None:
    visit = book(service, TEN, by=staff, email=WRONG)
    correct_appointment(visit, by=staff, email=RIGHT)
    assert leave(clock) == [subject("confirmed")]
    assert mail.outbox[-1].to == [RIGHT]


def test_a_correction_is_undone_as_anything_else(
    visit: Appointment, staff: User, clock: Clock
) -> None:
    link = issue_link(visit)
    event = correct_appointment(
        visit, by=staff, tell=True, email=RIGHT, duration_minutes=90, name="Jo Brien"
    )
    assert event is not None
    undo_change(event, by=staff)
    visit.refresh_from_db()
    assert (visit.email, visit.name, visit.duration_minutes) == (WRONG, "Jo O’Brien", 60)
    assert visit.claims.count() == 12
    assert find_appointment(link, now=MONDAY_MORNING) == visit
    clock.shift(timedelta(minutes=3))
    assert send_due_emails() == 0


def test_within_the_calendar_it_leads_back_there(desk: Client, visit: Appointment) -> None:
    window = desk.get(page_of(visit, "correct"), {"next": CALENDAR}, headers={"X-Fragment": "1"})
    assert not BeautifulSoup(window.content, "html.parser").find("html")
    assert 'name="next" value="/admin/calendar/"' in window.content.decode()
    sent = form_of(desk, visit) | {"next": CALENDAR}
    refused = desk.post(page_of(visit, "correct"), sent | {"phone": "555"})
    assert 'name="next" value="/admin/calendar/"' in refused.content.decode()
    saved = desk.post(page_of(visit, "correct"), sent | {"name": "Jo Brien"})
    assert saved["Location"] == CALENDAR
