"""The demo's course: two of six visits are kept, four to come at the same time each week."""

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone

from booking.actions.courses.booking import WantedVisit, book_course
from booking.actions.patients.assigning import attach
from booking.actions.requests import Contact
from booking.actions.visits import mark_arrived, mark_completed
from booking.models import Appointment, Course, Practitioner, Service
from booking.scheduling.course_times import plan_course
from booking.scheduling.query import AvailabilityQuery
from clinic_site.accounts.models import User
from clinic_site.clinic.models.locations import Location

COMES = Contact(name="Grace Lindholm", phone="+18055550138", email="grace@patient.example")
WITH, SERVICE = "Robin Alvarez", "posture-therapy"
SIZE = 6


def run_course(
    kept: Sequence[Appointment], first: datetime, practitioner: Practitioner, *, by: User
) -> None:
    """Book what is left of a course from `first` on; `kept` are its visits of the past."""
    service, location = Service.objects.get(slug=SERVICE), Location.objects.get()
    search = AvailabilityQuery(service, location, practitioner, by_desk=True)
    _person, planned = plan_course(search, first, SIZE - len(kept), now=timezone.now())
    course = book_course(
        service=service,
        location=location,
        practitioner=practitioner,
        visits=[WantedVisit(visit.slot.starts_at, practitioner) for visit in planned if visit.slot],
        contact=COMES,
        idempotency_key="demo course",
        by=by,
    )
    for visit in kept:
        mark_arrived(visit, by=by)
        mark_completed(visit, by=by)
        if course.patient:
            attach(visit, course.patient, by=by)
    Appointment.objects.filter(pk__in=[visit.pk for visit in kept]).update(course=course)
    Course.objects.filter(pk=course.pk).update(size=SIZE)
