from django import template
from django.template import Context

from clinic_site.clinic.models.people import Person

register = template.Library()


@register.simple_tag
def team() -> list[Person]:
    """Return the people whom the clinic introduces, with their photos."""
    return list(Person.objects.team().with_photos())


@register.simple_tag(takes_context=True)
def profile_url(context: Context, person: Person) -> str:
    """Return the address of the page about `person`, or nothing if there is none."""
    url: str = context["clinic"].profile_of(person)
    return url
