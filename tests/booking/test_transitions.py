"""Transitions of an appointment: each once, from where it may start, with its line of history."""

from collections.abc import Callable
from datetime import timedelta
from zoneinfo import ZoneInfoNotFoundError

import pytest
from django.db import IntegrityError, transaction
from wagtail.models import ModelLogEntry

from booking.actions.answers import confirm_appointment, decline_appointment
from booking.actions.errors import StaleAppointment, TimeIsPast, TransitionNotAllowed
from booking.actions.visits import cancel_appointment
from booking.models import Appointment, Service
from clinic_site.accounts.models import User
from clinic_site.clinic.models.locations import Location
from clinic_site.mail.models import OutgoingEmail
from tests.booking.factories import IN_TWO_DAYS, MONDAY_MORNING, make_appointment

Transition = Callable[[Appointment, User], None]


def confirm(appointment: Appointment, by: User) -> None:
    confirm_appointment(appointment, starts_at=IN_TWO_DAYS, by=by)


def decline(appointment: Appointment, by: User) -> None:
    decline_appointment(appointment, reason="We are full.", by=by)


def cancel(appointment: Appointment, by: User) -> None:
    cancel_appointment(appointment, reason="As you asked.", by=by)


ALLOWED: list[tuple[list[Transition], str]] = [
    ([confirm], "confirmed"),
    ([decline], "declined"),
    ([cancel], "canceled"),
    ([confirm, cancel], "canceled"),
]
REFUSED: list[list[Transition]] = [
    [confirm, confirm],
    [confirm, decline],
    [decline, confirm],
    [decline, decline],
    [decline, cancel],
    [cancel, confirm],
    [cancel, decline],
    [cancel, cancel],
]


def test_a_confirmed_request_has_its_time_and_a_line_of_history(
    service: Service, staff: User
) -> None:
    appointment = make_appointment()
    confirm(appointment, staff)
    stored = Appointment.objects.get()
    assert (stored.state, stored.version) == ("confirmed", 2)
    assert stored.starts_at == IN_TWO_DAYS
    assert str(stored.starts_at_location) == "2027-01-06 10:30:00-08:00"
    event = stored.events.last()
    assert event is not None
    assert (event.from_state, event.to_state, event.by) == ("requested", "confirmed", staff)
    assert event.starts_at == IN_TWO_DAYS


@pytest.mark.parametrize(("transitions", "state"), ALLOWED)
def test_a_transition_that_leads_on_is_written_down(
    service: Service, staff: User, transitions: list[Transition], state: str
) -> None:
    appointment = make_appointment()
    for transition in transitions:
        transition(appointment, staff)
    stored = Appointment.objects.get()
    assert (stored.state, stored.version) == (state, 1 + len(transitions))
    assert (appointment.state, appointment.version) == (state, 1 + len(transitions))
    assert stored.events.count() == 1 + len(transitions)


@pytest.mark.parametrize("transitions", REFUSED)
def test_a_transition_that_leads_nowhere_changes_nothing(
    service: Service, staff: User, transitions: list[Transition]
) -> None:
    appointment = make_appointment()
    first, second = transitions
    first(appointment, staff)
    before = _everything()
    with pytest.raises(TransitionNotAllowed):
        second(appointment, staff)
    assert _everything() == before


@pytest.mark.parametrize("transition", [confirm, decline, cancel])
def test_a_transition_made_on_a_stale_page_changes_nothing(
    service: Service, staff: User, transition: Transition
) -> None:
    make_appointment()
    seen_by_one, seen_by_other = Appointment.objects.get(), Appointment.objects.get()
    confirm(seen_by_one, staff)
    before = _everything()
    with pytest.raises(StaleAppointment):
        transition(seen_by_other, staff)
    assert _everything() == before


def test_the_version_alone_makes_a_page_stale(service: Service, staff: User) -> None:
    seen = make_appointment()
    Appointment.objects.update(version=2)
    with pytest.raises(StaleAppointment):
        cancel(seen, staff)


def _everything() -> list[object]:
    return [
        list(Appointment.objects.values_list("state", "version", "starts_at")),
        list(OutgoingEmail.objects.values_list("subject", flat=True)),
        ModelLogEntry.objects.count(),
    ]


def test_no_time_before_today_is_confirmed(service: Service, staff: User) -> None:
    appointment = make_appointment()
    with pytest.raises(TimeIsPast):
        confirm_appointment(appointment, starts_at=MONDAY_MORNING - timedelta(days=1), by=staff)
    assert Appointment.objects.get().state == "requested"


def test_a_confirmed_appointment_has_a_time_whoever_writes_it(service: Service) -> None:
    make_appointment()
    with pytest.raises(IntegrityError), transaction.atomic():
        Appointment.objects.update(state="confirmed")


def test_an_email_that_cannot_be_written_undoes_the_move(service: Service, staff: User) -> None:
    appointment = make_appointment()
    Location.objects.update(time_zone="Nowhere/At_all")
    before = _everything()
    with pytest.raises(ZoneInfoNotFoundError):
        confirm(appointment, staff)
    assert _everything() == before


def test_each_change_leaves_a_line_in_the_log(service: Service, staff: User) -> None:
    appointment = make_appointment()
    confirm(appointment, staff)
    cancel(appointment, staff)
    lines = ModelLogEntry.objects.order_by("timestamp", "pk")
    assert [(line.action, line.user) for line in lines] == [
        ("booking.confirmed", staff),
        ("booking.canceled", staff),
    ]
    assert {line.label for line in lines} == {appointment.reference}


def test_whoever_leaves_the_clinic_leaves_the_history(service: Service, staff: User) -> None:
    confirm(make_appointment(), staff)
    staff.delete()
    event = Appointment.objects.get().events.last()
    assert event is not None
    assert event.by is None
