"""What the desk does with an appointment, in a click or by choosing a time."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import Client
from wagtail.models import ModelLogEntry

from booking.desk.times import value_of
from booking.models import Appointment, AppointmentEvent, CallTask, Claim, Practitioner, Service
from clinic_site.accounts.models import User
from clinic_site.mail.models import OutgoingEmail
from tests.booking.factories import at, book, make_appointment, make_practitioner, page_of, said
from tests.looks import key_of_row, lines_of

INBOX = "/admin/inbox/"
TEN, TWO = at(6, 10), at(6, 14)


@pytest.fixture
def dana(service: Service) -> Practitioner:
    return make_practitioner("Dana Whitfield", service)


@pytest.fixture
def held(service: Service, robin: Practitioner) -> Appointment:
    """A request that holds ten o'clock with Robin."""
    return book(service, TEN, email="jo@patient.example")


@pytest.fixture
def agreed(service: Service, robin: Practitioner, desk: Client) -> Appointment:
    return book(service, TEN, by=User.objects.get(), email="jo@patient.example")


def test_what_a_request_holds_is_confirmed_in_one_click(desk: Client, held: Appointment) -> None:
    response = desk.post(page_of(held, "confirmed"), {"version": 1, "next": INBOX})
    assert response["Location"] == INBOX
    held.refresh_from_db()
    assert (held.state, held.starts_at) == ("confirmed", TEN)
    assert "Confirmed." in said(desk.get(INBOX))


def test_an_answer_leads_nowhere_else(desk: Client, held: Appointment) -> None:
    sent = {"version": 1, "next": "https://elsewhere.example/"}
    assert desk.post(page_of(held, "confirmed"), sent)["Location"] == page_of(held)


@pytest.mark.parametrize("event_type", ["confirmed", "proposed"])
def test_the_free_times_to_choose_from_are_real(
    desk: Client, service: Service, robin: Practitioner, event_type: str
) -> None:
    book(service, TEN)
    wished = make_appointment()
    week = desk.get(page_of(wished, event_type)).context["form"].week
    offered = {choice.value for _day, choices in week.days for choice in choices}
    assert value_of(at(6, 11), robin.pk) in offered
    assert value_of(at(6, 9), robin.pk) in offered
    assert value_of(TEN, robin.pk) not in offered
    assert value_of(at(6, 16, 15), robin.pk) not in offered


def test_other_weeks_are_shown_and_what_was_typed_is_kept(
    desk: Client, held: Appointment, robin: Practitioner
) -> None:
    chosen = [value_of(TWO, robin.pk)]
    sent = {"version": 1, "slot": chosen, "note": "We look forward.", "show": "2027-01-18"}
    form = desk.post(page_of(held, "proposed"), sent).context["form"]
    assert form.week.days[0][0].isoformat() == "2027-01-18"
    assert [choice.value for choice in form.week.elsewhere] == chosen
    assert form["note"].value() == "We look forward."
    assert Appointment.objects.get().state == "requested"


def test_up_to_three_times_are_proposed_and_held(
    desk: Client, held: Appointment, robin: Practitioner, dana: Practitioner
) -> None:
    OutgoingEmail.objects.all().delete()
    times = [(TWO, robin), (at(7, 9), dana)]
    slots = [value_of(starts_at, who.pk) for starts_at, who in times]
    sent = {"version": 1, "slot": slots, "day": "2027-01-08", "time": "18:00"}
    desk.post(page_of(held, "proposed"), sent | {"practitioner": robin.pk})
    held.refresh_from_db()
    assert held.state == "proposed"
    proposed = {(time.starts_at, time.practitioner) for time in held.proposed_times.all()}
    assert proposed == {*times, (at(8, 18), robin)}
    assert Claim.objects.filter(appointment=held).count() == 3 * 12
    assert OutgoingEmail.objects.count() == 1


@pytest.mark.parametrize(
    "slots",
    [
        [],
        ["tomorrow"],
        ["20270106T1800Z-999999"],
        ["99999999T9999Z-"],
        [f"2027010{n}T1800Z-%s" for n in (5, 6, 7, 8)],
        ["20270106T1800Z-%s"] * 2,
        ["20270106T1800Z-%s", "20270106T1845Z-%s"],
    ],
)
def test_what_cannot_be_proposed_is_refused(
    desk: Client, held: Appointment, robin: Practitioner, slots: list[str]
) -> None:
    slots = [slot.replace("%s", str(robin.pk)) for slot in slots]
    page = desk.post(page_of(held, "proposed"), {"version": 1, "slot": slots, "note": "Kept."})
    assert page.context["form"].errors["slot"]
    assert page.context["form"]["note"].value() == "Kept."
    assert Appointment.objects.get().state == "requested"


def test_a_visit_is_moved_to_a_time_that_is_chosen(
    desk: Client, agreed: Appointment, dana: Practitioner
) -> None:
    desk.post(page_of(agreed, "moved"), {"version": 1, "slot": value_of(TWO, dana.pk)})
    agreed.refresh_from_db()
    assert (agreed.starts_at, agreed.practitioner) == (TWO, dana)
    page = said(desk.get(page_of(agreed)))
    assert "Jan 6, 2027, 10:00 AM, Robin Alvarez → Jan 6, 2027, 2:00 PM, Dana Whitfield" in page


def test_by_hand_a_visit_may_lie_out_of_hours_and_never_in_another(
    desk: Client, service: Service, agreed: Appointment
) -> None:
    other = book(service, TWO, name="Kim Park")
    by_hand = {"version": 1, "day": "2027-01-06", "practitioner": agreed.practitioner_id}
    page = desk.post(page_of(agreed, "moved"), by_hand | {"time": "14:30"})
    assert "No one is free" in said(page)
    assert page.context["form"]["time"].value() == "14:30"
    desk.post(page_of(agreed, "moved"), by_hand | {"time": "19:00"})
    agreed.refresh_from_db()
    assert agreed.starts_at == at(6, 19)
    assert Claim.objects.filter(appointment=other).exists()


def test_a_visit_is_noted_from_its_arrival_to_its_end(
    desk: Client, agreed: Appointment, clock: time_machine.Traveller
) -> None:
    def offered() -> set[str]:
        return {form.event_type for form in desk.get(page_of(agreed)).context["forms"]}

    assert not {"arrived", "no_show", "completed"} & offered()
    clock.move_to(at(6, 9, 50))
    assert {"arrived"} == {"arrived", "no_show"} & offered()
    clock.move_to(at(6, 10, 20))
    assert {"arrived", "no_show"} <= offered()
    desk.post(page_of(agreed, "arrived"), {"version": 1})
    assert offered() == {"completed", "reopened"}
    desk.post(page_of(agreed, "completed"), {"version": 2})
    assert Appointment.objects.get().state == "completed"
    desk.post(page_of(agreed, "reopened"), {"version": 3})
    assert Appointment.objects.get().state == "confirmed"


@pytest.mark.parametrize(("note", "too_early"), [("arrived", at(5, 23, 59)), ("completed", TEN)])
def test_nobody_has_come_before_their_day_or_is_done_before_their_time(
    desk: Client,
    agreed: Appointment,
    clock: time_machine.Traveller,
    note: str,
    too_early: datetime,
) -> None:
    clock.move_to(at(6, 0))
    if note == "completed":
        desk.post(page_of(agreed, "arrived"), {"version": 1})
    clock.move_to(too_early - timedelta(seconds=1))
    before = Appointment.objects.get()
    desk.post(page_of(agreed, note), {"version": before.version})
    assert Appointment.objects.get().state == before.state


def test_ready_words_and_own_ones_reach_the_patient_together(
    desk: Client, held: Appointment
) -> None:
    OutgoingEmail.objects.all().delete()
    sent = {"version": 1, "ready": "phone", "reason": "Ask for Robin."}
    desk.post(page_of(held, "declined"), sent)
    email = OutgoingEmail.objects.get().text
    assert "easier to arrange by phone" in email
    assert "Ask for Robin." in email
    note = AppointmentEvent.objects.get(event_type="declined").note
    assert note.endswith("Ask for Robin.")


def test_ready_and_own_words_that_are_too_long_together_are_kept(
    desk: Client, held: Appointment
) -> None:
    sent = {"version": 1, "ready": "full", "reason": "x" * 490}
    page = desk.post(page_of(held, "declined"), sent)
    [form] = [form for form in page.context["forms"] if form.errors]
    assert form["reason"].value() == "x" * 490
    assert Appointment.objects.get().state == "requested"


def test_those_who_share_a_phone_are_shown_and_never_merged(desk: Client, service: Service) -> None:
    priya = make_appointment(name="Priya Nair", email="")
    arjun = make_appointment(name="Arjun Nair", email="arjun@patient.example")
    make_appointment(name="Kim Park", phone="+13105550199", email="")
    related = desk.get(page_of(priya)).context["related"]
    assert [(other.reference, other.name) for other in related] == [(arjun.reference, "Arjun Nair")]
    assert Appointment.objects.filter(name="Priya Nair").count() == 1


def test_a_patient_is_booked_again_without_typing(desk: Client, agreed: Appointment) -> None:
    page = desk.get("/admin/appointments/book/", {"patient": agreed.pk})
    form = page.context["form"]
    assert (form["name"].value(), form["phone"].value()) == (agreed.name, agreed.phone)
    assert key_of_row(agreed) in lines_of()


def test_a_call_is_noted_once(desk: Client, service: Service) -> None:
    make_appointment(wishes=[], wants_call=True)
    call = CallTask.objects.get()
    done = f"{INBOX}calls/{call.pk}/done/"
    reached = {"outcome": "reached", "tries": 0}
    desk.post(done, reached | {"note": "Comes on Friday."})
    call.refresh_from_db()
    assert (call.done_by, call.note) == (User.objects.get(), "Comes on Friday.")
    told = desk.post(done, reached | {"note": "Asks for Dana."})
    call.refresh_from_db()
    assert call.note == "Comes on Friday."
    assert told.status_code == 409
    assert "Someone else just noted this call." in said(told)
    assert "Asks for Dana." in said(told)
    assert ModelLogEntry.objects.filter(action="booking.called").count() == 1
