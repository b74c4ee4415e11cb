"""Who waits in the demo: a caller with a phone alone, one with an email address, and somebody
who has a visit and would come earlier.
"""

from datetime import timedelta

from django.contrib.auth import get_user_model
from django.utils import timezone

from booking.actions.requests import Contact
from booking.actions.waiting.callers import TimeWished, add_caller
from booking.actions.waiting_list import join_waiting_list
from booking.models import Appointment, Practitioner, Service
from booking.parts_of_day import PartOfDay
from clinic_site.clinic.models.locations import Location


def create_waiting_list() -> None:
    """Put them on the list, as the account of the front desk."""
    desk = get_user_model().objects.get(username="frontdesk")
    location, now = Location.objects.get(), timezone.now()
    marisol = Practitioner.objects.get(person__name="Marisol Vega")
    callers = [
        ("massage", Contact("Nora Lindgren", "+18055550151"), TimeWished(marisol)),
        (
            "posture-therapy",
            Contact("Gil Navarro", "+18055550152", "gil@patient.example"),
            TimeWished(part_of_day=PartOfDay.MORNING, last_day=location.today + timedelta(days=21)),
        ),
    ]
    for slug, contact, wished in callers:
        service = Service.objects.get(slug=slug)
        key = f"demo waits {slug}"
        add_caller(service, location, wished, contact=contact, idempotency_key=key, by=desk)
    last = Appointment.objects.upcoming(now).filter(class_session=None).last()
    if last:
        join_waiting_list(last, any_practitioner=True)
