from datetime import datetime
from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils import timezone

from booking import formatting
from booking.ical import calendar_links
from booking.models import Appointment, BookingRules, Service, ServiceAssignment
from booking.models.service_pages import services_with_pages
from booking.public.forms.steps import Step
from booking.public.in_progress import step_address
from clinic_site.clinic import phone
from clinic_site.clinic.models.locations import Location
from clinic_site.clinic.models.people import Person

register = template.Library()
register.filter(formatting.length_and_price)
register.filter(formatting.agreed_time)
register.filter(formatting.day_and_time)
register.filter(formatting.held_until)
register.filter(formatting.time_before)
register.filter(formatting.day_of_wish)
register.filter(formatting.moment)
register.filter(formatting.clock)
register.filter(formatting.short_day)
register.filter(formatting.instant)
register.filter(calendar_links.calendar_links)


@register.simple_tag
def services() -> list[Service]:
    """Return what patients may book, in the clinic's own order, each with the `page` about it."""
    return services_with_pages()


@register.simple_tag
def booking_url_of(person: Person) -> str:
    """The address where booking with somebody begins, or nothing if they take no bookings here."""
    bookable = ServiceAssignment.objects.bookable()
    if not bookable.filter(practitioner__person=person.pk).exists():
        return ""
    return f"{reverse('booking:start')}?{urlencode({'with': person.slug})}"


@register.filter
def state_now(appointment: Appointment) -> str:
    """How an appointment stands by the clock: a hold that has run out is over at its second."""
    lapsed = appointment.has_lapsed(timezone.now())
    return Appointment.State.EXPIRED if lapsed else appointment.state


@register.simple_tag(name="change_terms")
def change_terms_now(starts_at: datetime, location: Location, has_link: object) -> str:
    """Say until when a visit can be moved or canceled, and what that costs, as of now.

    `has_link`: whether they have a private link, or letters that lead to one.
    """
    policy = BookingRules.load().cancellation_policy
    return formatting.change_terms(
        starts_at, location.zone, policy, now=timezone.now(), has_link=bool(has_link)
    )


@register.filter
def readable_phone(number: str) -> str:
    """Write a stored number, if there is one, as people write it."""
    return phone.readable(number) if number else ""


@register.filter
def phone_uri(number: str) -> str:
    """Make a stored number, if there is one, a link that rings it."""
    return phone.uri(number) if number else ""


@register.simple_tag
def step_url(token: str, step: str) -> str:
    """The address of a step of a request in progress."""
    return step_address(token, Step(step))
