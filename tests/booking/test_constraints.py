"""What the database itself refuses, whoever asks."""

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from booking.models import (
    Appointment,
    AppointmentEvent,
    BlockedTime,
    BusyTime,
    CallTask,
    Claim,
    FreedTime,
    Practitioner,
    Service,
    ServiceAssignment,
    WaitingListEntry,
    WaitingListOffer,
    WeeklyHours,
)
from clinic_site.clinic.models import Closure
from clinic_site.clinic.models.locations import Location
from tests.booking.factories import at, book


@pytest.fixture
def visit(service: Service, robin: Practitioner) -> Appointment:
    return book(service, at(6, 10))


def refused(write: Callable[[], Any], constraint: str) -> bool:
    """Tell whether the database refused, and for this reason."""
    try:
        with transaction.atomic():
            write()
    except IntegrityError as error:
        said = str(error)
        # SQLite names the columns of a broken unique constraint, and not the constraint.
        return constraint in said or "UNIQUE constraint failed" in said
    return False


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        (
            {"state": "confirmed", "hold_expires_at": None, "starts_at": None, "ends_at": None},
            "confirmed_appointment_has_a",
        ),
        (
            {"state": "arrived", "hold_expires_at": None, "starts_at": None, "ends_at": None},
            "appointment_came_at_a_time",
        ),
        ({"state": "declined"}, "appointment_holds_until_answered"),
        ({"phone": "", "email": ""}, "appointment_has_phone_or_email"),
        ({"third_date": date(2027, 1, 5)}, "appointment_wishes_in_order"),
        ({"second_date": date(2027, 1, 5)}, "appointment_wishes_from_first"),
        ({"ends_at": at(6, 10)}, "appointment_ends_after_its_start"),
    ],
)
def test_an_appointment_is_whole(
    visit: Appointment, change: dict[str, Any], constraint: str
) -> None:
    visits = Appointment.objects.filter(pk=visit.pk)
    assert refused(lambda: visits.update(**change), constraint)


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"duration_minutes": 0}, "service_takes_some_time"),
        ({"duration_minutes": 725}, "service_fits_into_a_day"),
        ({"buffer_minutes": 245}, "service_fits_into_a_day"),
        ({"grid_minutes": 7}, "service_begins_on_the_clock"),
        ({"horizon_days": 731}, "service_within_two_years"),
        ({"notice_hours": 8761}, "service_within_two_years"),
    ],
)
def test_a_service_is_possible(service: Service, change: dict[str, Any], constraint: str) -> None:
    assert refused(lambda: Service.objects.update(**change), constraint)


def test_a_claim_has_one_holder_and_its_time_none_else(
    visit: Appointment, robin: Practitioner
) -> None:
    block = BlockedTime.objects.create(practitioner=robin, starts_at=at(7, 9), ends_at=at(7, 10))
    cell = visit.claims.order_by("cell")[0].cell
    other = {"practitioner": robin, "cell": cell + 1000}
    assert refused(lambda: Claim.objects.create(**other), "claim_held_by_one")
    both = other | {"appointment": visit, "block": block}
    assert refused(lambda: Claim.objects.create(**both), "claim_held_by_one")
    taken = {"practitioner": robin, "cell": cell, "block": block}
    assert refused(lambda: Claim.objects.create(**taken), "claim_once_a_practitioner_and_cell")
    assert refused(lambda: Claim.objects.update(cell=cell), "claim_once_a_practitioner_and_cell")


def test_time_that_is_kept_takes_some_time(robin: Practitioner) -> None:
    none = {"practitioner": robin, "starts_at": at(6, 10), "ends_at": at(6, 10)}
    assert refused(lambda: BlockedTime.objects.create(**none), "blocked_time_takes_some_time")
    assert refused(lambda: BusyTime.objects.create(**none), "busy_time_takes_some_time")
    assert refused(lambda: FreedTime.objects.create(**none), "freed_time_takes_some_time")


def test_hours_are_of_a_weekday_and_take_some_time(robin: Practitioner) -> None:
    hours = WeeklyHours.objects.filter(practitioner=robin)
    assert refused(lambda: hours.update(weekday=7), "weekly_hours_on_a_weekday")
    assert refused(lambda: hours.update(begins=time(9), ends=time(9)), "weekly_hours_take_some")
    days = {"first_day": date(2027, 2, 1), "last_day": date(2027, 1, 31)}
    assert refused(lambda: hours.update(**days), "weekly_hours_begin_before_they_end")
    assert hours.update(begins=time(0), ends=time(0)) == 5  # all day


def test_a_person_offers_a_service_once_at_a_place(robin: Practitioner) -> None:
    offering = robin.assignments.get()
    again = ServiceAssignment(
        practitioner=robin, service=offering.service, location=offering.location
    )
    assert refused(again.save, "service_assignment_once_a_person_service_and_place")


def test_one_busy_time_of_an_entry(robin: Practitioner) -> None:
    busy = {"practitioner": robin, "uid": "1", "starts_at": at(6, 10), "ends_at": at(6, 11)}
    BusyTime.objects.create(**busy)
    assert refused(lambda: BusyTime.objects.create(**busy), "busy_time_imported_once")


def test_one_open_call_for_a_reason_and_one_for_a_closure(visit: Appointment) -> None:
    closure = Closure.objects.create(first_day=date(2027, 1, 6), last_day=date(2027, 1, 6))

    def call(reason: str, **fields: Any) -> Callable[[], Any]:
        return lambda: CallTask.objects.create(appointment=visit, reason=reason, **fields)

    call("email")()
    assert refused(call("email"), "call_task_open_once_a_reason")
    call("closure", closure=closure)()
    assert refused(call("closure", closure=closure), "call_task_once_a_closure")
    assert refused(call("closure"), "call_task_names_its_closure")
    assert refused(call("asked", closure=closure), "call_task_names_its_closure")


def test_one_place_on_the_waiting_list_and_one_offer_at_a_time(
    service: Service, robin: Practitioner, visit: Appointment
) -> None:
    entry = WaitingListEntry.objects.create(appointment=visit)
    other = WaitingListEntry.objects.create(appointment=book(service, at(6, 12)))
    assert refused(lambda: WaitingListEntry.objects.create(appointment=visit), "appointment_id")
    days = {"first_day": date(2027, 2, 1), "last_day": date(2027, 1, 31)}
    wishes = WaitingListEntry.objects.filter(pk=entry.pk)
    assert refused(lambda: wishes.update(**days), "waiting_list_days_in_order")

    def offer(to: WaitingListEntry, hours: int) -> Callable[[], Any]:
        return lambda: WaitingListOffer.objects.create(
            entry=to,
            practitioner=robin,
            location=Location.objects.get(),
            starts_at=at(5, 10) + timedelta(hours=hours),
            expires_at=at(5, 9),
        )

    offer(entry, 0)()
    assert refused(offer(entry, 1), "one_open_offer_a_person")
    assert refused(offer(other, 0), "one_person_a_freed_time")
    WaitingListOffer.objects.update(state=WaitingListOffer.State.PASSED)
    offer(other, 0)()


def test_history_is_only_ever_added_to(visit: Appointment) -> None:
    event = visit.events.get()
    for change in (
        event.save,
        lambda: AppointmentEvent.objects.update(note="x"),
        lambda: visit.events.all().delete(),
    ):
        with pytest.raises(TypeError, match="history"):
            change()


def test_nobody_with_appointments_is_deleted(visit: Appointment, service: Service) -> None:
    for kept in (visit.practitioner, service, visit.location):
        assert kept is not None
        with pytest.raises(IntegrityError):  # Django's ProtectedError is one
            kept.delete()
