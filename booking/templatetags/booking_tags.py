from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django import template
from django.template import Context
from django.urls import reverse
from django.utils import timezone

from booking import formatting
from booking.ical import calendar_links
from booking.models import Appointment, BookingRules, Service, ServiceAssignment
from booking.models.service_pages import services_with_pages
from booking.public.forms.steps import Step
from booking.public.in_progress import step_address
from booking.scheduling.class_dates import ClassDate, upcoming_class_dates
from booking.scheduling.query import AvailabilityQuery
from booking.scheduling.slots import Slot, soonest_times
from clinic_site.clinic import phone
from clinic_site.clinic.clock_times import clock
from clinic_site.clinic.models.locations import Location
from clinic_site.clinic.models.people import Person
from clinic_site.page_cache.eligibility import show_this_moment_only

register = template.Library()
register.filter(formatting.length_and_price)
register.filter(formatting.agreed_time)
register.filter(formatting.day_and_time)
register.filter(formatting.day_of_visit)
register.filter(formatting.held_until)
register.filter(formatting.place_in_course)
register.filter(formatting.time_before)
register.filter(formatting.day_of_wish)
register.filter(formatting.moment)
register.filter(clock)
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


@register.simple_tag(takes_context=True)
def next_class_dates(context: Context, service: Service, location: Location) -> list[ClassDate]:
    """The next dates of a class with the seats left, true at this second alone."""
    if not service.is_class:
        return []
    show_this_moment_only(context["request"])
    return upcoming_class_dates(AvailabilityQuery(service, location), now=timezone.now())


@dataclass(frozen=True)
class SoonestTimes:
    """When somebody is next free for a service, and where booking that begins."""

    service: Service
    place: str  # if they work at several
    slots: list[Slot]
    url: str


@register.simple_tag(takes_context=True)
def free_times_of(context: Context, person: Person) -> list[SoonestTimes]:
    """When somebody is free in the coming two weeks, for each service; true at this second alone.

    Takes a query for what they do and three for each place where they do it.
    """
    assignments = ServiceAssignment.objects.bookable().filter(practitioner__person=person.pk)
    services: dict[Location, list[Service]] = {}
    practitioner = None
    for each in assignments.select_related("practitioner__person", "service", "location").order_by(
        "location__name", "service__sort_order", "service__name"
    ):
        practitioner = each.practitioner
        services.setdefault(each.location, []).append(each.service)
    if practitioner is None:
        return []
    show_this_moment_only(context["request"])
    now = timezone.now()
    return [
        SoonestTimes(
            service,
            place=location.name if len(services) > 1 else "",
            slots=slots,
            url=_start_url(person, service),
        )
        for location, done in services.items()
        for service, slots in soonest_times(practitioner, done, location, now=now)
    ]


def _start_url(person: Person, service: Service) -> str:
    query = urlencode({"with": person.slug, "service": service.slug})
    return f"{reverse('booking:start')}?{query}"


@register.filter
def state_now(appointment: Appointment) -> str:
    """How an appointment stands by the clock: a hold that has run out is over at its second."""
    lapsed = appointment.has_lapsed(timezone.now())
    return Appointment.State.EXPIRED if lapsed else appointment.state


@register.simple_tag(name="change_terms")
def change_terms_now(
    starts_at: datetime, location: Location, price_text: str, has_link: object
) -> str:
    """Say until when a visit can be moved or canceled, and what that costs, as of now.

    `has_link`: whether they have a private link, or letters that lead to one.
    """
    policy = BookingRules.load().cancellation_policy.for_price(price_text)
    return formatting.change_terms(
        starts_at, location.zone, policy, now=timezone.now(), has_link=bool(has_link)
    )


@register.simple_tag(name="terms_once_confirmed")
def terms_once_confirmed_now(
    starts_at: datetime | None, location: Location, price_text: str
) -> str:
    """Say the same of a visit that is asked for, as of now."""
    policy = BookingRules.load().cancellation_policy.for_price(price_text)
    return formatting.terms_once_confirmed(starts_at, location.zone, policy, now=timezone.now())


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
