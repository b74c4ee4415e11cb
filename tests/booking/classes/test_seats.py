"""A class is booked seat by seat: each person has one, its practitioner's time is taken once."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from booking.actions.calendars.closures import create_closure
from booking.actions.errors import ComesAlready, JustTaken, NotOffered
from booking.actions.undo import undo_change
from booking.actions.visits import cancel_appointment, cancel_by_patient, move_appointment
from booking.models import Claim, ClassSession, Practitioner, Seat, Service
from booking.scheduling.class_dates import upcoming_class_dates
from booking.scheduling.slots import AvailabilityQuery, free_times, is_free
from clinic_site.accounts.models import User
from clinic_site.clinic.models import Closure
from tests.booking.classes.factories import (
    NEXT_WEDNESDAY,
    WEDNESDAY,
    fill,
    join,
    make_class,
    make_session,
    taken_seats,
)
from tests.booking.factories import at, book, make_service


def seats_left(session: ClassSession) -> list[int | None]:
    search = AvailabilityQuery(session.service, session.location)
    day = session.starts_at_location.date()
    return [slot.seats_left for slot in free_times(search, day, day, now=timezone.now())]


def test_six_come_and_the_seventh_is_told_of_the_next_date(
    group_class: Service, theo: Practitioner, session: ClassSession
) -> None:
    make_session(group_class, theo, NEXT_WEDNESDAY)
    visits = fill(group_class)
    assert {visit.state for visit in visits} == {"confirmed"}
    with pytest.raises(JustTaken) as taken:
        join(group_class, 7)
    assert [slot.starts_at for slot in taken.value.nearest] == [NEXT_WEDNESDAY]
    assert (taken_seats(session), seats_left(session)) == (6, [])


def test_the_time_of_the_class_is_claimed_once_and_by_no_visit(
    group_class: Service, session: ClassSession
) -> None:
    fill(group_class, 2)
    claims = Claim.objects.all()
    assert {claim.class_session for claim in claims} == {session}
    assert len(claims) == 12  # fifty minutes, and ten kept free


def test_nobody_else_gets_the_time_of_a_class(theo: Practitioner, session: ClassSession) -> None:
    training = make_service("Training", sign="TR")
    theo.assignments.create(service=training, location=session.location)
    with pytest.raises(JustTaken):
        book(training, WEDNESDAY + timedelta(minutes=45))


def test_a_class_needs_free_time_of_its_practitioner(
    group_class: Service, theo: Practitioner, session: ClassSession
) -> None:
    with pytest.raises(JustTaken):
        make_session(group_class, theo, WEDNESDAY + timedelta(minutes=55))
    assert ClassSession.objects.count() == 1


def test_a_seat_given_back_can_be_had_again(group_class: Service, session: ClassSession) -> None:
    first, *_others = fill(group_class)
    cancel_by_patient(first)
    assert seats_left(session) == [1]
    assert join(group_class, 7).state == "confirmed"
    assert taken_seats(session) == 6


def test_whoever_moves_swaps_the_seat(
    group_class: Service, theo: Practitioner, session: ClassSession
) -> None:
    following = make_session(group_class, theo, NEXT_WEDNESDAY)
    visit = join(group_class)
    move_appointment(visit, starts_at=NEXT_WEDNESDAY)
    assert (visit.class_session, visit.starts_at) == (following, NEXT_WEDNESDAY)
    assert (taken_seats(session), taken_seats(following)) == (0, 1)


def test_nobody_moves_into_a_full_class_and_keeps_the_seat_they_have(
    group_class: Service, theo: Practitioner, session: ClassSession
) -> None:
    following = make_session(group_class, theo, NEXT_WEDNESDAY, seats=1)
    join(group_class, 1, NEXT_WEDNESDAY)
    visit = join(group_class, 2)
    with pytest.raises(JustTaken):
        move_appointment(visit, starts_at=NEXT_WEDNESDAY)
    assert (taken_seats(session), taken_seats(following)) == (1, 1)


def test_a_time_at_which_no_class_begins_is_not_offered(
    group_class: Service, session: ClassSession, staff: User
) -> None:
    with pytest.raises(NotOffered):
        join(group_class, 1, at(7, 9))
    with pytest.raises(NotOffered):
        join(group_class, 1, at(7, 9), by=staff, outside_hours=True)


def test_patients_need_notice_and_the_desk_does_not(
    group_class: Service, theo: Practitioner, staff: User
) -> None:
    make_session(group_class, theo, at(4, 11))
    with pytest.raises(NotOffered):
        join(group_class, 1, at(4, 11))
    assert join(group_class, 1, at(4, 11), by=staff).state == "confirmed"


def test_a_parent_and_a_child_have_two_seats_and_nobody_has_two(
    group_class: Service, session: ClassSession
) -> None:
    parent: dict[str, Any] = {"name": "Ana Diaz", "phone": "+18055550150", "email": ""}
    join(group_class, 1, **parent)
    child: dict[str, Any] = {"visitor_name": "Leo Diaz", "for_somebody_else": True}
    join(group_class, 2, **parent, **child)
    with pytest.raises(ComesAlready):
        join(group_class, 3, **parent)
    with pytest.raises(ComesAlready):
        join(group_class, 4, **parent, **child)
    assert taken_seats(session) == 2


def test_a_canceled_seat_comes_back_by_undo_or_is_gone(
    group_class: Service, session: ClassSession, staff: User
) -> None:
    first, second, *_others = fill(group_class)
    event = cancel_appointment(first, by=staff)
    undo_change(event, by=staff)
    assert taken_seats(session) == 6
    event = cancel_appointment(second, by=staff)
    join(group_class, 7)
    with pytest.raises(JustTaken):
        undo_change(event, by=staff)
    second.refresh_from_db()
    assert (second.state, taken_seats(session)) == ("canceled", 6)


def test_a_booking_of_the_desk_that_is_undone_gives_the_seat_back(
    group_class: Service, session: ClassSession, staff: User
) -> None:
    visit = join(group_class, by=staff)
    undo_change(visit.events.get(), by=staff)
    assert taken_seats(session) == 0


def test_a_class_in_a_closure_is_not_offered(
    group_class: Service, session: ClassSession, staff: User
) -> None:
    day = WEDNESDAY.date()
    create_closure(Closure(first_day=day, last_day=day, reason="Painting"), by=staff)
    assert seats_left(session) == []


def test_dates_in_a_closure_leave_those_after_it_to_be_found(
    group_class: Service, theo: Practitioner, session: ClassSession, staff: User
) -> None:
    following = make_session(group_class, theo, NEXT_WEDNESDAY)
    for hour in range(10, 15):
        make_session(group_class, theo, at(6, hour))
    day = WEDNESDAY.date()
    create_closure(Closure(first_day=day, last_day=day, reason="Painting"), by=staff)
    search = AvailabilityQuery(group_class, session.location)
    found = upcoming_class_dates(search, now=timezone.now(), count=4)
    assert [each.session for each in found] == [following]


def test_a_seat_is_as_long_as_its_date_was_made(
    group_class: Service, theo: Practitioner, session: ClassSession, staff: User
) -> None:
    group_class.duration_minutes = 30
    group_class.save()
    visit = join(group_class)
    assert visit.duration_minutes == 50
    make_session(group_class, theo, NEXT_WEDNESDAY)
    move_appointment(visit, starts_at=NEXT_WEDNESDAY)
    assert visit.duration_minutes == 30
    assert visit.ends_at == NEXT_WEDNESDAY + timedelta(minutes=30)


def test_a_class_of_somebody_who_has_left_is_not_offered(
    group_class: Service, theo: Practitioner, session: ClassSession
) -> None:
    theo.active = False
    theo.save()
    assert seats_left(session) == []


def test_the_database_refuses_a_seat_too_many(group_class: Service, session: ClassSession) -> None:
    visit = join(group_class)
    with pytest.raises(IntegrityError), transaction.atomic():
        Seat.objects.create(session=session, number=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Seat.objects.filter(session=session, number=2).update(appointment=visit)


def test_a_class_is_never_on_request(group_class: Service) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make_class("Balance class", mode=Service.Mode.ON_REQUEST)


@pytest.mark.parametrize("sessions", [2, 40])
def test_looking_for_seats_costs_the_same_however_many_dates_and_people_there_are(
    group_class: Service, theo: Practitioner, django_assert_num_queries: object, sessions: int
) -> None:
    for n in range(sessions):
        make_session(group_class, theo, at(6, 9) + timedelta(hours=n))
    fill(group_class, 5)
    search = AvailabilityQuery(group_class, theo.assignments.get().location)
    with django_assert_num_queries(3):  # type: ignore[operator]
        assert is_free(search, WEDNESDAY, now=timezone.now())
