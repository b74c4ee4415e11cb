"""A weekly class that was ended or changed by a slip meets as before, by one press."""

from datetime import datetime, timedelta
from typing import Any, cast

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from booking.actions.classes.schedules import make_class_dates
from booking.actions.classes.taking_back import take_back_schedule
from booking.actions.errors import CannotUndo
from booking.models import Appointment, Claim, ClassSchedule, ClassSession, Practitioner, Service
from clinic_site.accounts.models import User
from clinic_site.mail.models import OutgoingEmail
from tests.booking.classes.factories import NEXT_WEDNESDAY, fill, join, make_session, taken_seats
from tests.booking.factories import at, make_practitioner, said
from tests.booking.waiting.factories import undo

WEEKLY = "/admin/classes/weekly/"


def end(owner: Client, schedule: ClassSchedule) -> Any:
    return owner.post(f"{WEEKLY}{schedule.pk}/end/", follow=True)


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
    return owner.post(f"{WEEKLY}{schedule.pk}/change/", form | changes, follow=True)


def standing() -> list[tuple[Any, ...]]:
    """All that weekly classes come to: their dates, who gives them where, and their time."""
    dates = ClassSession.objects.open().order_by("starts_at")
    columns = ("starts_at", "practitioner", "seats", "schedule", "scheduled_day")
    claims = Claim.objects.order_by("practitioner", "cell").values_list("practitioner", "cell")
    schedules = ClassSchedule.objects.values_list("weekday", "begins", "first_day", "last_day")
    return [*dates.values_list(*columns), *claims, *schedules]


def test_ended_by_a_slip_it_goes_on(
    owner: Client, weekly: ClassSchedule, group_class: Service
) -> None:
    join(group_class, 1, NEXT_WEDNESDAY)
    before = standing()
    page = end(owner, weekly)
    assert ClassSession.objects.open().count() == 1
    assert "The class meets as it did before." in said(undo(owner, page))
    assert standing() == before
    assert make_class_dates(at(4, 9) + timedelta(days=7)) == 1
    weekly.refresh_from_db()
    with pytest.raises(CannotUndo):
        take_back_schedule(weekly, timezone.now(), by=User.objects.get())


def test_changed_by_a_slip_it_is_as_before_and_nobody_is_told(
    owner: Client, weekly: ClassSchedule, group_class: Service
) -> None:
    visit = join(group_class, 1, NEXT_WEDNESDAY)
    OutgoingEmail.objects.all().delete()
    before, dana = standing(), make_practitioner("Dana Whitfield", group_class)
    page = change(owner, weekly, weekday=1, begins="17:30", seats=8, practitioner=dana.pk)
    assert standing() != before
    undo(owner, page)
    assert standing() == before
    visit.refresh_from_db()
    assert visit.starts_at == NEXT_WEDNESDAY
    assert not OutgoingEmail.objects.exists()


def test_what_has_happened_since_stays_and_is_said(
    owner: Client, weekly: ClassSchedule, group_class: Service, theo: Practitioner
) -> None:
    page = change(owner, weekly, begins="10:30", seats=8)
    fill(group_class, 7, at(13, 10, 30))  # more than there were seats
    make_session(group_class, theo, at(20, 9))  # over the time that it had
    answer = said(undo(owner, page))
    assert "2 dates couldn’t be put back." in answer
    times = ClassSession.objects.open().order_by("starts_at").values_list("starts_at", flat=True)
    assert [*times[:4]] == [at(6, 9), at(13, 10, 30), at(20, 9), at(20, 10, 30)]
    assert taken_seats(ClassSession.objects.get(starts_at=at(13, 10, 30))) == 7
    assert Appointment.objects.filter(starts_at=at(13, 10, 30)).count() == 7


def test_it_is_taken_back_within_fifteen_minutes_and_last_change_first(
    owner: Client, weekly: ClassSchedule, clock: time_machine.Traveller
) -> None:
    first = change(owner, weekly, begins="10:30")
    second = end(owner, ClassSchedule.objects.get(last_day=None))
    assert "can’t be undone anymore" in said(undo(owner, first))
    assert "meets as it did before" in said(undo(owner, second))
    weekly.refresh_from_db()
    clock.shift(timedelta(minutes=15))
    with pytest.raises(CannotUndo):
        take_back_schedule(weekly, cast(datetime, weekly.changed_at), by=User.objects.get())
