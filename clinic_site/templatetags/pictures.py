from typing import Any

from django import template
from django.db import DatabaseError
from wagtail.images.models import Image, Picture

from clinic_site.pictures import USES, renditions_of

register = template.Library()


@register.simple_tag
def picture(image: Image | None, use: str, alt: str = "", first: bool = False) -> Picture | str:
    """Show `image` as `clinic_site.pictures.USES` says. The `first` one of a page comes at once.

    A picture that cannot be had leaves its description in its place.
    """
    if image is None:
        return alt
    attributes: dict[str, Any] = {"alt": alt}
    if USES[use].sizes:
        attributes["sizes"] = USES[use].sizes
    attributes |= {"fetchpriority": "high"} if first else {"loading": "lazy"}
    try:
        return Picture(renditions_of(image, USES[use]), attributes)
    except (OSError, DatabaseError):
        return alt
