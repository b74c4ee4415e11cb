"""Closing a day with visits on it: canceled, moved or called in one press, each told once."""

from collections import Counter
from typing import Any

import pytest
from django.test import Client

from booking.actions.calendars.closures import create_closure
from booking.models import Appointment, AppointmentEvent, CallTask, Claim, Practitioner, Service
from clinic_site.accounts.models import User
from clinic_site.clinic.models import Closure
from clinic_site.mail.models import OutgoingEmail
from tests.booking.factories import at, book, make_practitioner, make_service, said
from tests.outbox import emails_to

NEW = "/admin/closures/new/"
STAFF_READS = 25  # queries


@pytest.fixture
def visits(service: Service, robin: Practitioner, desk: Client) -> list[Appointment]:
    """Three visits on a Wednesday; who comes last has no email address."""
    by = User.objects.get()
    addresses = ["ana@patient.example", "ben@patient.example", ""]
    found = [
        book(service, at(6, 9 + 2 * n), by=by, name=f"Patient {n}", email=address)
        for n, address in enumerate(addresses)
    ]
    OutgoingEmail.objects.all().delete()
    return found


@pytest.fixture
def closure(visits: list[Appointment]) -> Closure:
    day = at(6, 9).date()
    closed = Closure(first_day=day, last_day=day, person=Practitioner.objects.get().person)
    create_closure(closed)
    return closed


def page_of(closure: Closure) -> str:
    return f"/admin/closures/inspect/{closure.pk}/"


def ticked(visits: list[Appointment]) -> list[str]:
    return [f"{visit.pk}:{visit.version}" for visit in visits]


def states() -> Counter[str]:
    return Counter(Appointment.objects.values_list("state", flat=True))


def press(desk: Client, closure: Closure, then: str, visits: list[Appointment], **more: Any) -> str:
    sent = {"then": then, "visit": ticked(visits), "reason": "We’re sorry.", **more}
    return said(desk.post(page_of(closure), sent, follow=True))


def test_a_day_is_closed_and_all_are_told_in_one_press(
    desk: Client, visits: list[Appointment]
) -> None:
    form = desk.get(NEW, {"first_day": "2027-01-06"})
    affected = form.context["affected"]
    assert [visit for visit, _value, checked in affected.rows if checked] == visits
    sent = {
        "first_day": "2027-01-06",
        "seen": affected.seen,
        "visit": [value for _visit, value, _checked in affected.rows],
        "reason": affected.form["reason"].value(),
        "then": "cancel",
    }
    words = said(desk.post(NEW, sent, follow=True))
    assert "3 visits canceled. 2 patients get an email." in words
    assert "1 has no email address, so please call." in words
    assert "No one is left to be told." in words
    assert states() == {"canceled": 3}
    assert not Claim.objects.exists()
    assert [call.appointment for call in CallTask.objects.all()] == visits[2:]
    assert Closure.objects.get().kind == Closure.Kind.CLOSED


def test_each_email_has_the_reason_and_the_nearest_open_times(
    desk: Client, closure: Closure, visits: list[Appointment]
) -> None:
    press(desk, closure, "cancel", visits, reason="We’re sorry. Robin is away.")
    [email] = emails_to("ana@patient.example")
    assert "We’re sorry. Robin is away." in email.text
    assert "The nearest open times right now:\n- Tue, Jan 5, " in email.text
    assert "Choose one of them, or another:" in email.text


def test_the_patient_chooses_another_time_from_the_email(
    client: Client, desk: Client, closure: Closure, visits: list[Appointment]
) -> None:
    press(desk, closure, "cancel", visits)
    [email] = emails_to("ana@patient.example")
    link = next(word for word in email.text.split() if "/mine/" in word)
    patient = Client()
    page = patient.get(link)
    assert "These are the nearest open times." in said(page)
    slot = page.context["instead"][0]
    again = f"{link.removeprefix('http://testserver')}again/"
    asked = patient.post(again, {"starts_at": f"{slot.starts_at:%Y-%m-%dT%H:%MZ}"}, follow=True)
    assert asked.status_code == 200
    form = asked.context["form"]
    assert asked.context["step"] == "contact"
    assert (form["name"].value(), form["email"].value()) == ("Patient 0", "ana@patient.example")


def test_only_those_selected_are_canceled(
    desk: Client, closure: Closure, visits: list[Appointment]
) -> None:
    words = press(desk, closure, "cancel", visits[:1])
    assert "1 visit canceled." in words
    assert "2 visits fall on it" in words
    assert states() == {"canceled": 1, "confirmed": 2}


def test_nothing_is_done_while_nothing_is_selected(
    desk: Client, closure: Closure, visits: list[Appointment]
) -> None:
    words = press(desk, closure, "cancel", [], reason="Typed with care")
    assert "Please select at least one visit." in words
    assert "Typed with care" in words
    assert states() == {"confirmed": 3}


@pytest.mark.parametrize("sent", ["x", "1", "1:", ":1", "1:2:3", "1:-1", "²:1", f"{10**12}:1"])
def test_what_no_page_would_send_is_refused(
    desk: Client, closure: Closure, visits: list[Appointment], sent: str
) -> None:
    page = desk.post(page_of(closure), {"then": "cancel", "visit": sent})
    assert "Please select the visits again." in said(page)
    assert states() == {"confirmed": 3}


def test_visits_go_to_somebody_else_who_is_free_and_the_others_say_why_not(
    desk: Client, service: Service, closure: Closure, visits: list[Appointment]
) -> None:
    dana = make_practitioner("Dana Whitfield", service)
    book(service, at(6, 11), practitioner=dana, by=User.objects.get())
    words = press(desk, closure, "move", visits, practitioner=str(dana.pk))
    assert "2 visits moved. 1 patient gets an email." in words
    assert f"{visits[1].reference}: whoever could take it has something else then." in words
    assert "1 visit falls on it" in words
    moved = Appointment.objects.filter(practitioner=dana, state="confirmed")
    assert {visit.starts_at for visit in moved} == {at(6, 9), at(6, 11), at(6, 13)}


def test_whoever_is_free_takes_them(
    desk: Client, service: Service, closure: Closure, visits: list[Appointment]
) -> None:
    dana = make_practitioner("Dana Whitfield", service)
    mika = make_practitioner("Mika Sato", service)
    book(service, at(6, 9), practitioner=dana, by=User.objects.get())
    press(desk, closure, "move", visits[:2])
    took = [Appointment.objects.get(pk=visit.pk).practitioner for visit in visits[:2]]
    assert took == [mika, dana]


def test_nobody_gets_a_visit_that_they_do_not_do(
    desk: Client, closure: Closure, visits: list[Appointment]
) -> None:
    make_practitioner("Marisol Vega", make_service("Massage"))
    words = press(desk, closure, "move", visits)
    assert words.count("no one else who does this is working then.") == 3
    assert not OutgoingEmail.objects.exists()


def test_all_is_undone_in_one_press_and_nobody_hears_of_it(
    desk: Client, closure: Closure, visits: list[Appointment]
) -> None:
    press(desk, closure, "cancel", visits)
    events = AppointmentEvent.objects.filter(event_type="canceled")
    sent = {"event": [event.pk for event in events]}
    undo = f"/admin/closures/{closure.pk}/undo/"
    words = said(desk.post(undo, sent, follow=True))
    assert "Undone: 3 visits are back to how they were." in words
    assert "3 visits fall on it" in words
    assert states() == {"confirmed": 3}
    assert not OutgoingEmail.objects.exists()
    assert not CallTask.objects.exists()
    assert "These can’t be undone anymore:" in said(desk.post(undo, sent, follow=True))


@pytest.mark.parametrize("event", ["", "x", "0", "²", "9" * 30])
def test_undoing_what_never_was_does_nothing(desk: Client, closure: Closure, event: str) -> None:
    answer = desk.post(f"/admin/closures/{closure.pk}/undo/", {"event": event})
    assert answer.status_code == 302


def test_who_has_moved_or_canceled_meanwhile_is_off_the_list(
    desk: Client, service: Service, closure: Closure, visits: list[Appointment]
) -> None:
    desk.post(f"/admin/appointments/{visits[0].pk}/canceled/", {"version": 1})
    away = {"version": 1, "day": "2027-01-08", "time": "10:00"}
    desk.post(f"/admin/appointments/{visits[1].pk}/moved/", away)
    assert "1 visit falls on it" in said(desk.get(page_of(closure)))


def test_sent_twice_each_is_told_once(
    desk: Client, closure: Closure, visits: list[Appointment]
) -> None:
    press(desk, closure, "cancel", visits)
    words = press(desk, closure, "cancel", visits)
    assert "Those visits have been taken care of already." in words
    assert len(emails_to("ana@patient.example")) == 1
    assert CallTask.objects.count() == 1


def test_a_visit_that_somebody_has_changed_since_is_left_and_told(
    desk: Client, closure: Closure, visits: list[Appointment]
) -> None:
    Appointment.objects.filter(pk=visits[0].pk).update(version=2)
    words = press(desk, closure, "cancel", visits, reason="The boiler has burst.")
    assert f"{visits[0].reference}: someone has just changed it." in words
    assert "What you wrote: “The boiler has burst.”" in words
    assert states() == {"canceled": 2, "confirmed": 1}


def test_the_screens_take_as_many_queries_for_many_visits(
    desk: Client, closure: Closure, django_assert_max_num_queries: Any
) -> None:
    for url in (
        page_of(closure),
        "/admin/closures/",
        f"{NEW}?first_day=2027-01-06",
        "/admin/closures/affected/?first_day=2027-01-06",
        "/admin/inbox/",
        "/admin/extra-hours/",
    ):
        desk.get(url)  # what a process then remembers of the clinic
        with django_assert_max_num_queries(STAFF_READS):
            assert desk.get(url).status_code == 200


def test_days_that_are_half_typed_list_nothing(desk: Client, visits: list[Appointment]) -> None:
    for asked in ({}, {"first_day": "x"}, {"first_day": "2027-01-06", "begins": "9"}):
        page = desk.get("/admin/closures/affected/", asked)
        assert page.status_code == 200
        assert visits[0].reference not in said(page)


def test_extra_hours_have_a_list_and_a_form_of_their_own(
    desk: Client, service: Service, robin: Practitioner
) -> None:
    hours = {"first_day": "2027-01-09", "person": robin.person_id, "begins": "09:00"}
    page = desk.post("/admin/extra-hours/new/", hours)
    assert page.context["form"].errors == {"ends": ["This field is required."]}
    assert desk.post("/admin/extra-hours/new/", hours | {"ends": "12:00"}).status_code == 302
    closure = Closure.objects.get()
    assert (closure.kind, closure.last_day) == ("extra", closure.first_day)
    assert book(service, at(9, 10)).practitioner == robin
    assert "Sat, Jan 9, 2027" in said(desk.get("/admin/extra-hours/"))
    assert "Sat, Jan 9, 2027" not in said(desk.get("/admin/closures/"))
