from typing import Any

from django import template
from wagtail.models import Page

from clinic_site.pages.inbound_links import pages_linking_to

register = template.Library()


@register.simple_tag
def linking_to(items: list[dict[str, Any]]) -> list[Page]:
    """Return the pages that link to those of `items`, as Wagtail's bulk actions list them."""
    return list(pages_linking_to([entry["item"] for entry in items]))
