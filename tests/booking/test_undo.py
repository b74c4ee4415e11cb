"""What the desk has done by a slip is taken back by one click, for fifteen minutes."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup, Tag
from django.test import Client
from django.utils import timezone

from booking.actions.answers import confirm_appointment, decline_appointment, propose_times
from booking.actions.errors import CannotUndo, JustTaken, StaleAppointment
from booking.actions.personal_data.retention import delete_old_snapshots
from booking.actions.undo import undo_change, undoable_changes
from booking.actions.visits import (
    cancel_appointment,
    cancel_by_patient,
    mark_arrived,
    mark_completed,
    mark_no_show,
    move_appointment,
)
from booking.desk.times import value_of
from booking.models import (
    Appointment,
    AppointmentEvent,
    AppointmentSnapshot,
    Claim,
    Practitioner,
    ProposedTime,
    Service,
)
from clinic_site.accounts.models import User
from tests.booking.factories import at, book, page_of, said
from tests.factories import make_user

TEN = at(6, 10)
Change = Callable[[Appointment, User], AppointmentEvent]
UNDO = "/admin/appointments/undo/"


@pytest.fixture
def visit(service: Service, robin: Practitioner) -> Appointment:
    return book(service, TEN, by=make_user("Owners"))


@pytest.fixture
def request_held(service: Service, robin: Practitioner) -> Appointment:
    return book(service, TEN)


def move(appointment: Appointment, by: User) -> AppointmentEvent:
    return move_appointment(appointment, starts_at=at(7, 15), by=by)


def move_back(appointment: Appointment, by: User) -> AppointmentEvent:
    return move_appointment(appointment, starts_at=at(6, 11), by=by)


def cancel(appointment: Appointment, by: User) -> AppointmentEvent:
    return cancel_appointment(appointment, reason="Robin is ill.", by=by)


def arrive(appointment: Appointment, by: User) -> AppointmentEvent:
    return mark_arrived(appointment, by=by)


def miss(appointment: Appointment, by: User) -> AppointmentEvent:
    return mark_no_show(appointment, by=by)


def complete(appointment: Appointment, by: User) -> AppointmentEvent:
    return mark_completed(appointment, by=by)


def confirm(appointment: Appointment, by: User) -> AppointmentEvent:
    return confirm_appointment(appointment, by=by)


def confirm_elsewhere(appointment: Appointment, by: User) -> AppointmentEvent:
    return confirm_appointment(appointment, starts_at=at(7, 15), by=by)


def decline(appointment: Appointment, by: User) -> AppointmentEvent:
    return decline_appointment(appointment, reason="We’re full.", by=by)


def propose(appointment: Appointment, by: User) -> AppointmentEvent:
    robin = Practitioner.objects.get()
    return propose_times(appointment, [(at(7, 15), robin), (at(8, 9), robin)], by=by)


OF_VISITS = [[move], [cancel], [arrive], [miss], [arrive, complete], [move, move_back]]
OF_REQUESTS = [
    [confirm],
    [confirm_elsewhere],
    [decline],
    [cancel],
    [propose],
    [propose, decline],
    [propose, cancel],
    [propose, confirm_elsewhere],
]


def everything() -> list[object]:
    """What a change alters, but for the version, which only ever grows."""
    columns = ("state", "starts_at", "ends_at", "practitioner", "hold_expires_at")
    return [
        list(Appointment.objects.values(*columns)),
        sorted(Claim.objects.values_list("practitioner", "cell", "appointment")),
        sorted(ProposedTime.objects.values_list("practitioner", "starts_at")),
    ]


def check_undone(appointment: Appointment, changes: list[Change], by: User) -> None:
    *earlier, last = changes
    for change in earlier:
        change(appointment, by)
    before, version = everything(), appointment.version
    event = last(appointment, by)
    assert everything() != before
    undo_change(event, by=by)
    assert everything() == before
    undone = appointment.events.last()
    assert undone is not None
    assert (undone.event_type, undone.by, undone.undoes) == ("undone", by, event)
    appointment.refresh_from_db()
    assert appointment.version == version + 2


@pytest.mark.parametrize("changes", OF_VISITS)
def test_a_change_of_a_visit_is_taken_back_whole(
    visit: Appointment, staff: User, clock: time_machine.Traveller, changes: list[Change]
) -> None:
    clock.move_to(at(6, 10, 1))
    check_undone(visit, changes, staff)


@pytest.mark.parametrize("changes", OF_REQUESTS)
def test_an_answer_to_a_request_is_taken_back_whole(
    request_held: Appointment, staff: User, changes: list[Change]
) -> None:
    check_undone(request_held, changes, staff)


def test_a_booking_of_the_desk_is_taken_back_by_calling_it_off(
    visit: Appointment, staff: User
) -> None:
    undo_change(visit.events.get(), by=staff)
    visit.refresh_from_db()
    assert visit.state == "canceled"
    assert not Claim.objects.exists()


def test_what_is_undone_is_undone_once(visit: Appointment, staff: User) -> None:
    event = move(visit, staff)
    undo_change(event, by=staff)
    with pytest.raises(CannotUndo):
        undo_change(event, by=staff)
    assert AppointmentEvent.objects.filter(undoes=event).count() == 1


def test_after_fifteen_minutes_nothing_is_undone(
    visit: Appointment, staff: User, clock: time_machine.Traveller
) -> None:
    event = move(visit, staff)
    clock.shift(timedelta(minutes=15))
    with pytest.raises(CannotUndo):
        undo_change(event, by=staff)
    visit.refresh_from_db()
    assert visit.starts_at == at(7, 15)


def test_nothing_is_kept_that_can_not_be_undone_any_more(
    visit: Appointment, staff: User, clock: time_machine.Traveller
) -> None:
    move(visit, staff)
    clock.shift(timedelta(minutes=14))
    delete_old_snapshots(timezone.now())
    assert AppointmentSnapshot.objects.exists()
    clock.shift(timedelta(minutes=1))
    delete_old_snapshots(timezone.now())
    assert not AppointmentSnapshot.objects.exists()


def test_only_the_last_change_is_undone(visit: Appointment, staff: User) -> None:
    first = move(visit, staff)
    second = cancel(visit, staff)
    with pytest.raises(StaleAppointment):
        undo_change(first, by=staff)
    assert [snapshot.event for snapshot in undoable_changes(timezone.now())] == [second]


def test_the_patients_own_act_is_never_undone(visit: Appointment, staff: User) -> None:
    event = move(visit, staff)
    cancel_by_patient(visit)
    own = visit.events.last()
    with pytest.raises(StaleAppointment):
        undo_change(event, by=staff)
    with pytest.raises(CannotUndo):
        undo_change(own, by=staff)
    visit.refresh_from_db()
    assert visit.state == "canceled"


def test_a_time_that_has_gone_to_somebody_else_stays_theirs(
    service: Service, visit: Appointment, staff: User
) -> None:
    event = cancel(visit, staff)
    other = book(service, TEN, by=staff)
    before = everything()
    with pytest.raises(JustTaken) as refusal:
        undo_change(event, by=staff)
    assert everything() == before
    assert at(6, 11) in [slot.starts_at for slot in refusal.value.nearest]
    assert other.claims.exists()


def test_undo_stands_beside_the_words_that_say_what_was_done(
    desk: Client, visit: Appointment
) -> None:
    here = "/admin/calendar/?day=2027-01-06"
    desk.post(page_of(visit, "canceled"), {"version": 1, "next": here})
    form = _undo_form(desk, here)
    on_another_tab = form | {"csrfmiddlewaretoken": "x" * 64}
    assert desk.post(UNDO, form)["Location"] == here
    visit.refresh_from_db()
    assert visit.state == "confirmed"
    assert "Undone. It’s back to how it was." in said(desk.get(here))
    assert "This has been undone already." in said(desk.post(UNDO, on_another_tab, follow=True))


def test_a_change_of_the_patients_in_between_is_named(desk: Client, visit: Appointment) -> None:
    desk.post(page_of(visit, "moved"), {"version": 1, "day": "2027-01-07", "time": "15:00"})
    form = _undo_form(desk, page_of(visit))
    visit.refresh_from_db()
    cancel_by_patient(visit)
    answer = said(desk.post(UNDO, form, follow=True))
    assert "it has been changed since by the patient (canceled)" in answer


def test_a_time_that_is_gone_is_said_and_the_nearest_are_offered(
    desk: Client, service: Service, visit: Appointment
) -> None:
    desk.post(page_of(visit, "canceled"), {"version": 1})
    form = _undo_form(desk, page_of(visit))
    book(service, TEN, by=make_user("Front desk", username="other"))
    page = desk.post(UNDO, form, follow=True)
    assert "the time has been given to someone else" in said(page)
    near = BeautifulSoup(page.content, "html.parser").find("a", string=re.compile("11:00"))
    assert isinstance(near, Tag)
    booking = desk.get(near["href"]).context["form"]
    assert booking["name"].value() == visit.name
    assert booking["slot"].value() == value_of(at(6, 11), visit.practitioner_id)


@pytest.mark.parametrize("event", ["", "x", "-1", "9" * 40, "²", "7"])
def test_what_is_no_change_is_not_undone(desk: Client, event: str) -> None:
    assert "can’t be undone" in said(desk.post(UNDO, {"event": event}, follow=True))


def test_only_the_desk_undoes(client: Client, visit: Appointment, staff: User) -> None:
    event = move(visit, staff)
    for role in ("Editors", "Moderators", "Practitioners"):
        client.force_login(make_user(role))
        client.post(UNDO, {"event": event.pk})
    visit.refresh_from_db()
    assert visit.starts_at == at(7, 15)


def _undo_form(client: Client, path: str) -> dict[str, str]:
    page = BeautifulSoup(client.get(path).content, "html.parser")
    fields = page.select(f'.messages form[action="{UNDO}"] input')
    assert fields
    return {str(field["name"]): str(field["value"]) for field in fields}
