"""A weekly class is changed from a day on, with the dates that people have booked or without."""

from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client

from booking.actions.calendars.closures import block_time
from booking.actions.classes.schedules import make_class_dates
from booking.actions.classes.sessions import cancel_session, move_session
from booking.models import Appointment, ClassSchedule, ClassSession, Practitioner, Seat, Service
from clinic_site.accounts.models import User
from clinic_site.clinic.models import Closure
from tests.booking.classes.factories import NEXT_WEDNESDAY, fill, join, taken_seats
from tests.booking.factories import SANTA_BARBARA, at, errors_by_field, make_practitioner, said
from tests.factories import make_location

CLASSES = "/admin/classes/"


def change(owner: Client, schedule: ClassSchedule, **changes: Any) -> Any:
    form = {
        "first_day": "2027-01-12",
        "weekday": schedule.weekday,
        "begins": f"{schedule.begins:%H:%M}",
        "practitioner": schedule.practitioner_id,
        "location": schedule.location_id,
        "seats": schedule.seats,
        "booked": "move",
    }
    return owner.post(f"{CLASSES}weekly/{schedule.pk}/change/", form | changes, follow=True)


def local_times() -> list[datetime]:
    open_dates = ClassSession.objects.open().order_by("starts_at")
    return [session.starts_at.astimezone(SANTA_BARBARA) for session in open_dates]


def session_at(starts_at: datetime) -> ClassSession:
    return ClassSession.objects.get(starts_at=starts_at)


def test_a_class_meets_at_another_time_from_a_day_on(owner: Client, weekly: ClassSchedule) -> None:
    change(owner, weekly, begins="17:30", weekday=3, seats=8)
    first, second, *later = local_times()
    assert (first.day, first.hour) == (6, 9)
    assert (second.day, second.hour, second.minute) == (14, 17, 30)
    assert {(each.weekday(), each.hour) for each in later} == {(3, 17)}
    assert len(later) == 8
    assert Seat.objects.filter(session=session_at(at(14, 17, 30))).count() == 8
    assert make_class_dates(at(4, 9)) == 0


def test_whoever_has_booked_is_moved_along_and_told(
    owner: Client, weekly: ClassSchedule, group_class: Service
) -> None:
    visit = join(group_class, 1, NEXT_WEDNESDAY)
    page = change(owner, weekly, begins="10:00")
    assert "1 person is told by email, or is among the calls to make." in said(page)
    visit.refresh_from_db()
    assert visit.starts_at == at(13, 10)
    assert visit.state == "confirmed"
    assert visit.events.latest("pk").emails.exists()
    assert taken_seats(session_at(at(13, 10))) == 1


def test_dates_that_people_have_booked_can_stay_and_none_is_made_beside_them(
    owner: Client, weekly: ClassSchedule, group_class: Service
) -> None:
    visit = join(group_class, 1, NEXT_WEDNESDAY)
    page = change(owner, weekly, begins="10:00", booked="stay")
    assert "1 date stays as it is, because people have booked it." in said(page)
    assert f"/admin/classes/{visit.class_session_id}/" in page.content.decode()
    days = [(local.day, local.hour) for local in local_times()][:3]
    assert days == [(6, 9), (13, 9), (20, 10)]
    assert make_class_dates(at(4, 9)) == 0


def test_a_class_gets_another_practitioner_and_place(
    owner: Client, weekly: ClassSchedule, group_class: Service
) -> None:
    visit = join(group_class, 1, NEXT_WEDNESDAY)
    beach = make_location(name="Beach")
    dana = make_practitioner("Dana Whitfield", group_class, location=beach)
    change(owner, weekly, practitioner=dana.pk, location=beach.pk)
    visit.refresh_from_db()
    assert (visit.practitioner, visit.location) == (dana, beach)
    ahead = ClassSession.objects.open().filter(starts_at__gte=at(12, 0))
    assert {(each.practitioner, each.location) for each in ahead} == {(dana, beach)}


def test_seats_never_go_below_those_taken(
    owner: Client, weekly: ClassSchedule, group_class: Service
) -> None:
    fill(group_class, 4, NEXT_WEDNESDAY)
    page = change(owner, weekly, seats=3)
    assert "1 date stays as it is" in said(page)
    assert session_at(NEXT_WEDNESDAY).seats == 6
    assert session_at(at(20, 9)).seats == 3


def test_what_is_in_the_way_and_exceptions_stay(
    owner: Client, weekly: ClassSchedule, group_class: Service, theo: Practitioner
) -> None:
    by = User.objects.get()
    move_session(session_at(at(20, 9)), starts_at=at(21, 9), practitioner=theo, by=by)
    cancel_session(session_at(at(27, 9)), by=by)
    block_time(theo, starts_at=at(13, 11), ends_at=at(13, 12), by=by)
    visit = join(group_class, 1, NEXT_WEDNESDAY)
    page = change(owner, weekly, begins="11:00")
    assert "1 date stays as it is" in said(page)
    visit.refresh_from_db()
    assert visit.starts_at == NEXT_WEDNESDAY
    january = [(local.day, local.hour) for local in local_times() if local.month == 1]
    assert january == [(6, 9), (13, 9), (21, 9)]
    assert make_class_dates(at(4, 9)) == 0


def test_no_date_is_moved_onto_a_closed_day(owner: Client, weekly: ClassSchedule) -> None:
    Closure.objects.create(first_day=date(2027, 1, 14), last_day=date(2027, 1, 14))
    change(owner, weekly, weekday=3)
    assert [local.day for local in local_times()][:3] == [6, 21, 28]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"first_day": "2027-01-03"}, "first_day"),
        ({"first_day": "9999-12-31"}, "first_day"),
        ({"first_day": ""}, "first_day"),
        ({"seats": "0"}, "seats"),
        ({"begins": "25:00"}, "begins"),
        ({"booked": "x"}, "booked"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(
    owner: Client, weekly: ClassSchedule, changes: dict[str, str], field: str
) -> None:
    assert errors_by_field(change(owner, weekly, **changes)).keys() == {field}
    assert ClassSchedule.objects.get() == weekly


def test_ending_a_class_is_asked_once_more_and_says_what_stays(
    owner: Client, weekly: ClassSchedule, group_class: Service
) -> None:
    join(group_class, 1, NEXT_WEDNESDAY)
    end = f"{CLASSES}weekly/{weekly.pk}/end/"
    page = said(owner.get(end))
    assert "These stay, because people have booked them." in page
    assert "1 of 6" in page
    assert len(local_times()) == 10
    assert "1 date stays as it is" in said(owner.post(end, follow=True))
    assert [local.day for local in local_times()] == [13]
    weekly.refresh_from_db()
    assert weekly.last_day == date(2027, 1, 4)


def test_a_class_that_has_ended_is_not_changed(owner: Client, weekly: ClassSchedule) -> None:
    weekly.first_day = weekly.last_day = date(2027, 1, 1)
    weekly.save()
    assert owner.get(f"{CLASSES}weekly/{weekly.pk}/change/").status_code == 404
    assert Appointment.objects.count() == 0
