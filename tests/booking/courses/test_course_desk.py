"""The desk books a course on the phone, sees how it stands, calls off the rest and undoes."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from booking.actions.visits import cancel_by_patient, mark_arrived, move_appointment
from booking.desk.times import value_of
from booking.models import Appointment, Course, Patient, Practitioner, Service
from clinic_site.accounts.models import User
from clinic_site.clinic.models import Closure
from clinic_site.clinic.models.locations import Location
from tests.booking.courses.factories import WEDNESDAYS, make_course
from tests.booking.factories import at, book, said

BOOK, LIST = "/admin/courses/book/", "/admin/courses/"


@pytest.fixture
def staff(desk: Client) -> User:
    """Who is signed in."""
    return User.objects.get(username="front-desk")


def typed(service: Service, robin: Practitioner, **changes: Any) -> dict[str, Any]:
    """What the desk has typed before it has the times found."""
    return {
        "key": "1",
        "service": str(service.pk),
        "location": str(Location.objects.get().pk),
        "practitioner": str(robin.pk),
        "size": "6",
        "weeks_between": "1",
        "name": "Jo O’Brien",
        "phone": "(805) 555-0123",
        "slot": value_of(WEDNESDAYS[0], robin.pk),
        **changes,
    }


def plan(desk: Client, form: dict[str, Any]) -> Any:
    return desk.post(BOOK, form | {"plan": "1"})


def found(page: Any, form: dict[str, Any]) -> dict[str, Any]:
    """The form as it would be sent with the times that the page proposes."""
    shown = page.context["form"]
    chosen = {
        row.name: next(choice.value for choice in row.choices if choice.chosen)
        for row in shown.rows
    }
    return form | chosen | {"planned_for": shown.basis}


def test_six_times_are_found_and_booked(
    desk: Client, service: Service, robin: Practitioner
) -> None:
    form = typed(service, robin)
    page = plan(desk, form)
    assert said(page).count("10:00 AM") >= 6
    answer = desk.post(BOOK, found(page, form), follow=True)
    course = Course.objects.get()
    assert answer.redirect_chain[-1][0] == f"{LIST}{course.pk}/"
    assert "Booked: 6 visits." in said(answer)
    assert "6 of 6 left" in said(answer)
    visits = course.appointments.order_by("starts_at")
    assert [visit.starts_at for visit in visits] == WEDNESDAYS
    assert course.patient == Patient.objects.get(name="Jo O’Brien")
    assert course.practitioner == robin


def test_a_taken_time_shows_the_nearest_and_says_so(
    desk: Client, service: Service, robin: Practitioner
) -> None:
    book(service, WEDNESDAYS[2], practitioner=robin, name="Lee Wong", phone="+18055550199")
    form = typed(service, robin)
    page = plan(desk, form)
    assert "Wed, Jan 20, 10:00 AM is taken or closed. This is the nearest." in said(page)
    desk.post(BOOK, found(page, form))
    third = Course.objects.get().appointments.order_by("starts_at")[2]
    assert third.starts_at == at(20, 9)


@pytest.mark.parametrize(
    ("weeks_between", "closed", "hint"),
    [("1", at(13, 0), "so it’s a week later."), ("2", at(20, 0), "so it’s 2 weeks later.")],
)
def test_a_time_that_is_skipped_says_how_much_later_it_is(
    desk: Client,
    service: Service,
    robin: Practitioner,
    weeks_between: str,
    closed: datetime,
    hint: str,
) -> None:
    week = (closed - timedelta(days=3)).date(), (closed + timedelta(days=3)).date()
    Closure.objects.create(kind=Closure.Kind.CLOSED, first_day=week[0], last_day=week[1])
    page = plan(desk, typed(service, robin, size="2", weeks_between=weeks_between))
    assert f"Nothing is open around Wed, Jan {closed.day}, {hint}" in said(page)


def test_what_is_lost_meanwhile_is_shown_again_and_what_was_typed_is_kept(
    desk: Client, service: Service, robin: Practitioner
) -> None:
    form = typed(service, robin, note="Please call after five.")
    sent = found(plan(desk, form), form)
    book(service, WEDNESDAYS[2], practitioner=robin, name="Lee Wong", phone="+18055550199")
    page = desk.post(BOOK, sent)
    assert "Nothing is booked: 1 time can’t be had anymore." in said(page)
    assert "That time has just been taken." in said(page)
    assert "Please call after five." in said(page)
    assert not Course.objects.exists()
    desk.post(BOOK, found(page, form))
    third = Course.objects.get().appointments.order_by("starts_at")[2]
    assert third.starts_at == at(20, 9)


def test_a_visit_may_be_left_out_and_another_given_by_hand(
    desk: Client, service: Service, robin: Practitioner
) -> None:
    form = typed(service, robin)
    sent = found(plan(desk, form), form)
    sent |= {"visit-2": "skip", "day-3": "2027-01-23", "time-3": "08:00"}  # a Saturday, early
    desk.post(BOOK, sent)
    course = Course.objects.get()
    times = course.appointments.order_by("starts_at").values_list("starts_at", flat=True)
    assert course.size == len(times) == 5
    assert times[1] == at(23, 8)


def test_what_was_changed_after_the_times_were_found_books_nothing(
    desk: Client, service: Service, robin: Practitioner
) -> None:
    form = typed(service, robin)
    sent = found(plan(desk, form), form) | {"size": "4"}
    page = desk.post(BOOK, sent)
    assert "Please check the times of all visits below, then book them." in said(page)
    assert len(page.context["form"].rows) == 4
    assert not Course.objects.exists()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"size": "1"}, "greater than or equal to 2"),
        ({"size": "999999999999999999999"}, "less than or equal to 24"),
        ({"size": "many"}, "Enter a whole number."),
        ({"slot": ""}, "Please choose the first time, then check the others."),
        ({"slot": "tomorrow"}, "Please choose one of the times."),
        ({"phone": ""}, "Please enter a phone number or an email address."),
        ({"name": ""}, "This field is required."),
        ({"visit-2": "nonsense"}, "Please choose one of the times."),
        ({"visit-2": "00010101T0000Z-"}, "Please choose one of the times."),
        ({"slot": "99991231T2359Z-"}, "Please choose the first time, then check the others."),
        ({"day-2": "2027-01-13"}, "Please enter a day and a time."),
        (
            {"day-2": "9999-12-31", "time-2": "23:59"},
            "a day from today to a year from now.",
        ),
        ({"weeks_between": "0"}, "Select a valid choice."),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_books_nothing(
    desk: Client, service: Service, robin: Practitioner, changes: dict[str, str], message: str
) -> None:
    form = typed(service, robin)
    sent = found(plan(desk, form), form)
    if {"size", "slot", "weeks_between"} & changes.keys():
        sent.pop("planned_for")
    page = desk.post(BOOK, sent | changes)
    assert page.status_code == 200
    assert message in said(page)
    assert not Course.objects.exists()


def test_a_known_patient_is_booked_from_the_record(
    desk: Client, service: Service, robin: Practitioner, staff: User
) -> None:
    known = make_course(service, robin, staff).patient
    assert known
    page = desk.get(f"{BOOK}?record={known.pk}")
    assert page.context["form"]["service"].value() == service.pk
    form = typed(service, robin, record=str(known.pk), slot=value_of(at(6, 14), robin.pk))
    sent = found(plan(desk, form), form)
    page = desk.post(BOOK, sent)
    assert "This patient is expected then already:" in said(page)
    desk.post(BOOK, sent | {"twice": page.context["form"].seen})
    assert Course.objects.filter(patient=known).count() == 2


def test_the_booking_is_taken_back_as_a_whole(
    desk: Client, service: Service, robin: Practitioner
) -> None:
    form = typed(service, robin)
    answer = desk.post(BOOK, found(plan(desk, form), form), follow=True)
    course = Course.objects.get()
    events = [event.pk for visit in course.appointments.all() for event in visit.events.all()]
    assert f'value="{events[0]}"' in answer.content.decode()
    undone = desk.post(f"{LIST}{course.pk}/undo/", {"event": events}, follow=True)
    assert "Undone." in said(undone)
    assert not Appointment.objects.exclude(state="canceled").exists()
    again = desk.post(f"{LIST}{course.pk}/undo/", {"event": events}, follow=True)
    assert "can’t be undone anymore" in said(again)


def test_the_page_of_a_course_counts_and_cancels_the_rest(
    desk: Client, service: Service, robin: Practitioner, staff: User, clock: time_machine.Traveller
) -> None:
    course = make_course(service, robin, staff)
    clock.move_to(WEDNESDAYS[0])
    first = course.appointments.select_related("location").earliest("starts_at")
    mark_arrived(first, by=staff)
    clock.shift(timedelta(hours=1))
    address = f"{LIST}{course.pk}/"
    page = desk.get(address)
    assert "5 of 6 left" in said(page)
    assert "kept: 1" in said(page)
    sent = {"visit": page.context["seen"], "who": "clinic", "reason": ""}
    refused = desk.post(f"{address}cancel/", sent)
    assert "This field is required." in said(refused)
    sent |= {"reason": "Robin is ill."}
    last = course.appointments.latest("starts_at")
    move_appointment(last, starts_at=at(11, 15), by=staff)
    stale = desk.post(f"{address}cancel/", sent)
    assert stale.status_code == 409
    assert "Robin is ill." in said(stale)
    sent |= {"visit": stale.context["seen"]}
    answer = desk.post(f"{address}cancel/", sent, follow=True)
    assert "5 visits canceled." in said(answer)
    assert course.appointments.filter(state="canceled").count() == 5
    again = desk.post(f"{address}cancel/", sent, follow=True)
    assert again.status_code == 200
    assert "These visits are canceled already." in said(again)
    assert "nothing is canceled" not in said(again)


def test_a_patient_who_cancels_one_meanwhile_stops_the_cancellation_of_the_rest(
    desk: Client, service: Service, robin: Practitioner, staff: User
) -> None:
    course = make_course(service, robin, staff)
    address = f"{LIST}{course.pk}/"
    seen = desk.get(address).context["seen"]
    cancel_by_patient(course.appointments.select_related("location").latest("starts_at"))
    sent = {"visit": seen, "who": "clinic", "reason": "Robin is ill."}
    assert desk.post(f"{address}cancel/", sent).status_code == 409
    assert course.appointments.filter(state="confirmed").count() == 5


def test_a_practitioner_who_leaves_is_pointed_out_and_the_visits_stay(
    desk: Client, client: Client, service: Service, robin: Practitioner, staff: User
) -> None:
    course = make_course(service, robin, staff)
    Practitioner.objects.filter(pk=robin.pk).update(active=False)
    page = desk.get(f"{LIST}{course.pk}/")
    assert "6 visits to come are with someone who no longer takes bookings." in said(page)
    form = typed(service, robin, slot=value_of(at(7, 10), robin.pk))
    refused = plan(desk, form)
    assert refused.status_code == 200
    desk.post(BOOK, form)
    assert Course.objects.count() == 1


def test_a_moved_visit_stays_on_the_page_of_its_course(
    desk: Client, service: Service, robin: Practitioner, staff: User
) -> None:
    course = make_course(service, robin, staff)
    visit = course.appointments.earliest("starts_at")
    move_appointment(visit, starts_at=at(7, 15), by=staff)
    assert "Thu, Jan 7, 2027, 3:00 PM" in said(desk.get(f"{LIST}{course.pk}/"))
    assert "Visit 1 of 6" in said(desk.get(f"/admin/appointments/{visit.pk}/"))


def test_the_list_takes_the_same_queries_however_many_courses_run(
    desk: Client,
    service: Service,
    robin: Practitioner,
    staff: User,
    django_assert_max_num_queries: Any,
) -> None:
    for hour in range(3):
        times = [time + timedelta(hours=2 * hour) for time in WEDNESDAYS]
        make_course(service, robin, staff, times, key=f"course {hour}", name=f"Patient {hour}")
    with django_assert_max_num_queries(25):
        page = desk.get(LIST)
    assert said(page).count("6 of 6 left") == 3
