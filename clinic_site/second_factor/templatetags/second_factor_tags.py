from django import template
from django.conf import settings

register = template.Library()


@register.inclusion_tag("second_factor/admin/switched_off.html")
def second_factor_band() -> dict[str, bool]:
    """Say on a page of the admin that a password alone opens what is known of patients, if so."""
    return {"is_off": not settings.REQUIRE_SECOND_FACTOR}
