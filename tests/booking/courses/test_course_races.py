"""Many want courses of which half the times are the same: each is booked whole or not at all."""

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta
from functools import partial

import pytest

from booking.actions.courses.changes import cancel_rest
from booking.actions.errors import StaleAppointment, TimesGone
from booking.actions.visits import cancel_appointment, cancel_by_patient, move_appointment
from booking.models import (
    Appointment,
    AppointmentEmail,
    Claim,
    Course,
    Patient,
    Practitioner,
    Service,
)
from clinic_site.accounts.models import User
from clinic_site.mail.models import OutgoingEmail
from tests.booking.courses.factories import WEDNESDAYS, make_course
from tests.booking.factories import at
from tests.booking.test_races import assert_nothing_overlaps, outcomes
from tests.threads import all_at_once

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

MANY = 50


def assert_whole_or_not_at_all() -> None:
    counted = Counter(Appointment.objects.values_list("course", flat=True))
    assert counted == {course.pk: course.size for course in Course.objects.all()}
    assert_nothing_overlaps()


def test_of_fifty_for_courses_that_overlap_half_way_one_is_booked(
    service: Service, robin: Practitioner, staff: User
) -> None:
    make_course(service, robin, staff, key="first")
    results = all_at_once(
        partial(
            make_course,
            service,
            robin,
            staff,
            # Three weeks later, so that three times are taken already, and all want the same.
            [time + timedelta(weeks=3) for time in WEDNESDAYS],
            key=f"key {n}",
            name=f"Patient {n}",
        )
        for n in range(MANY)
    )
    assert outcomes(results) == {"TimesGone": MANY}
    assert all(len(each.refused) == 3 for each in results if isinstance(each, TimesGone))
    assert_whole_or_not_at_all()
    assert Patient.objects.count() == 1  # nor a record of anybody who was refused


def test_of_fifty_that_meet_each_other_half_way_nobody_gets_a_taken_time(
    service: Service, robin: Practitioner, staff: User
) -> None:
    results = all_at_once(
        partial(
            make_course,
            service,
            robin,
            staff,
            [time + timedelta(weeks=3 * (n % 4)) for time in WEDNESDAYS],
            key=f"key {n}",
        )
        for n in range(MANY)
    )
    assert set(outcomes(results)) == {"Course", "TimesGone"}
    # Of four courses in a row, each of which shares three times with the next.
    assert outcomes(results)["Course"] in (1, 2)
    assert_whole_or_not_at_all()


def test_one_course_sent_twenty_times_at_once_is_one(
    service: Service, robin: Practitioner, staff: User
) -> None:
    results = all_at_once([partial(make_course, service, robin, staff)] * 20)
    assert outcomes(results) == {"Course": 20}
    assert Patient.objects.count() == 1
    assert_whole_or_not_at_all()


def known(service: Service, robin: Practitioner, staff: User) -> list[Appointment]:
    """The visits of a course that its patient has been told of."""
    course = make_course(service, robin, staff)
    OutgoingEmail.objects.update(state=OutgoingEmail.State.SENT)
    return list(
        course.appointments.select_related("location", "practitioner").order_by("starts_at")
    )


def assert_told_once(visits: Iterable[Appointment]) -> None:
    email = OutgoingEmail.objects.get(state=OutgoingEmail.State.WAITING)
    told = AppointmentEmail.objects.filter(email=email)
    assert {row.appointment for row in told} == set(visits)


def test_of_visits_that_are_canceled_at_once_one_email_tells(
    service: Service, robin: Practitioner, staff: User
) -> None:
    visits = known(service, robin, staff)
    all_at_once(partial(cancel_appointment, visit, by=staff) for visit in visits)
    assert_told_once(visits)
    assert OutgoingEmail.objects.get(state="waiting").text.count("Canceled: ") == 6


def test_of_what_the_desk_and_the_patient_cancel_at_once_the_last_email_tells_all(
    service: Service, robin: Practitioner, staff: User
) -> None:
    visits = known(service, robin, staff)
    by_patient = {visit.pk for visit in visits[3:]}
    results = all_at_once(
        partial(cancel_by_patient, visit)
        if visit.pk in by_patient
        else partial(cancel_appointment, visit, by=staff)
        for visit in visits
    )
    assert not [each for each in results if isinstance(each, Exception)]
    told = AppointmentEmail.objects.filter(email__state="waiting")
    assert {row.appointment for row in told} == set(visits)


def test_the_rest_is_called_off_or_a_visit_is_moved_not_both(
    service: Service, robin: Practitioner, staff: User
) -> None:
    course = make_course(service, robin, staff)
    seen = dict(course.appointments.values_list("pk", "version"))
    visit = course.appointments.select_related("location", "service", "practitioner").last()
    assert visit
    called_off, moved = all_at_once(
        [
            partial(cancel_rest, course, seen, by=staff),
            partial(move_appointment, visit, starts_at=at(7, 15), by=staff),
        ]
    )
    if isinstance(moved, StaleAppointment):
        assert isinstance(called_off, list)
        assert not Claim.objects.exists()
    else:
        assert isinstance(called_off, StaleAppointment)
        assert Appointment.objects.filter(state="confirmed").count() == 6
    assert_nothing_overlaps()
