from django import template

from booking.models import Service
from clinic_site import phone

register = template.Library()


@register.simple_tag
def services() -> list[Service]:
    """Return what patients may book, in the clinic's own order."""
    return list(Service.objects.bookable())


@register.filter
def readable_phone(number: str) -> str:
    """Write a stored number as people write it."""
    return phone.readable(number)


@register.filter
def phone_uri(number: str) -> str:
    """Make a stored number a link that rings it."""
    return phone.uri(number)
