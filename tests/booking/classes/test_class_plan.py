"""Owners set when classes meet; the desk adds a date out of turn."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from booking.actions.classes.schedules import make_class_dates
from booking.models import (
    ClassSchedule,
    ClassSession,
    Practitioner,
    Service,
)
from clinic_site.clinic.models import Closure
from tests.booking.factories import at, make_practitioner, said

CLASSES = "/admin/classes/"


def test_a_service_stays_a_class_while_it_has_dates(
    owner: Client, group_class: Service, session: ClassSession
) -> None:
    form = {
        "name": "Class",
        "slug": "class",
        "description": "A class.",
        "duration_minutes": "50",
        "buffer_minutes": "10",
        "mode": "at_once",
        "seats": "0",
        "grid_minutes": "30",
        "notice_hours": "24",
        "horizon_days": "60",
        "sort_order": "1",
    }
    address = f"/admin/services/edit/{group_class.pk}/"
    assert "seats" in owner.post(address, form).context["form"].errors
    on_request = form | {"seats": "6", "mode": "on_request"}
    assert "mode" in owner.post(address, on_request).context["form"].errors


def weekly_form(theo: Practitioner, service: Service, **changes: Any) -> dict[str, Any]:
    form = {
        "service": service.pk,
        "location": theo.assignments.get().location_id,
        "practitioner": theo.pk,
        "weekday": "2",
        "begins": "09:00",
    }
    return form | changes


def test_owners_set_the_days_of_a_class_and_end_them(
    owner: Client, group_class: Service, theo: Practitioner
) -> None:
    owner.post(f"{CLASSES}weekly/add/", weekly_form(theo, group_class))
    assert ClassSession.objects.open().count() == 10
    assert "Wednesday, 9:00 AM" in said(owner.get(CLASSES))
    schedule = ClassSchedule.objects.get()
    owner.post(f"{CLASSES}weekly/{schedule.pk}/end/")
    assert not ClassSession.objects.open().exists()


def test_a_weekly_class_may_begin_later_than_its_dates_are_made(
    owner: Client, group_class: Service, theo: Practitioner
) -> None:
    form = weekly_form(theo, group_class, first_day="2027-06-02")
    answer = owner.post(f"{CLASSES}weekly/add/", form, follow=True)
    assert "Its dates show up here 67 days ahead." in said(answer)
    schedule = ClassSchedule.objects.get()
    assert not ClassSession.objects.exists()
    owner.post(f"{CLASSES}weekly/{schedule.pk}/end/")  # before it has begun: it never does
    assert make_class_dates(at(4, 9) + timedelta(days=120)) == 0


@pytest.mark.parametrize(
    "days",
    [
        {"first_day": "2027-06-03", "last_day": "2027-06-08"},  # no Wednesday between
        {"first_day": "2026-12-01", "last_day": "2027-01-03"},
    ],
)
def test_a_weekly_class_that_never_meets_is_refused_beside_its_day(
    owner: Client, group_class: Service, theo: Practitioner, days: dict[str, str]
) -> None:
    answer = owner.post(f"{CLASSES}weekly/add/", weekly_form(theo, group_class, **days))
    assert "weekday" in answer.context["form"].errors
    assert not ClassSchedule.objects.exists()


def test_a_class_with_a_last_day_can_be_ended_before_it(
    owner: Client, group_class: Service, theo: Practitioner
) -> None:
    owner.post(
        f"{CLASSES}weekly/add/", weekly_form(theo, group_class, last_day="2027-02-17"), follow=True
    )
    schedule = ClassSchedule.objects.get()
    end = f"{CLASSES}weekly/{schedule.pk}/end/"
    assert end in owner.get(CLASSES).content.decode()
    owner.post(end)
    schedule.refresh_from_db()
    assert schedule.last_day == date(2027, 1, 4)
    assert not ClassSession.objects.open().exists()
    assert end not in owner.get(CLASSES).content.decode()


def test_who_sets_a_class_is_told_whether_patients_can_book_it(
    desk: Client, group_class: Service, theo: Practitioner
) -> None:
    form = weekly_form(theo, group_class) | {"day": "2027-01-07", "time": "17:00"}
    online, by_phone = "Patients can book seats.", "patients can’t book it online"
    assert online in said(desk.post(f"{CLASSES}add/", form, follow=True))
    day = date(2027, 1, 8)
    Closure.objects.create(first_day=day, last_day=day)
    on_closed_day = form | {"day": "2027-01-08"}
    assert by_phone in said(desk.post(f"{CLASSES}add/", on_closed_day, follow=True))
    Service.objects.update(mode=Service.Mode.BY_PHONE)
    later = form | {"day": "2027-01-11"}
    assert by_phone in said(desk.post(f"{CLASSES}add/", later, follow=True))


def test_a_weekly_class_over_what_is_taken_is_refused_beside_its_time(
    owner: Client, group_class: Service, theo: Practitioner, session: ClassSession
) -> None:
    answer = owner.post(f"{CLASSES}weekly/add/", weekly_form(theo, group_class, begins="09:30"))
    (error,) = answer.context["form"].errors["begins"]
    assert "Theo Lindqvist’s time is taken then" in error
    assert not ClassSchedule.objects.exists()


def test_a_class_by_somebody_who_does_not_do_it_is_refused(
    owner: Client, group_class: Service, theo: Practitioner
) -> None:
    dana = make_practitioner("Dana Whitfield")
    form = weekly_form(theo, group_class, practitioner=dana.pk)
    answer = owner.post(f"{CLASSES}weekly/add/", form)
    assert "isn’t down for this class there" in said(answer)


def test_the_desk_adds_one_date_and_no_weekly_class(
    desk: Client, group_class: Service, theo: Practitioner
) -> None:
    form = weekly_form(theo, group_class) | {"day": "2027-01-07", "time": "17:00"}
    desk.post(f"{CLASSES}add/", form)
    assert ClassSession.objects.get().starts_at == at(7, 17)
    answer = desk.post(f"{CLASSES}add/", form)
    assert "time is taken then" in said(answer)
    assert desk.get(f"{CLASSES}weekly/add/").status_code == 302


@pytest.mark.slow
def test_the_plan_costs_the_same_however_many_classes_there_are(
    owner: Client, group_class: Service, theo: Practitioner
) -> None:
    counts = []
    for hour in (9, 10, 11, 12):
        form = weekly_form(theo, group_class, begins=f"{hour}:00")
        assert owner.post(f"{CLASSES}weekly/add/", form).status_code == 302
        owner.get(CLASSES)
        with CaptureQueriesContext(connection) as asked:
            owner.get(CLASSES)
        counts.append(len(asked))
    assert len(set(counts)) == 1
