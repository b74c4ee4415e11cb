from typing import Any

from django import template
from django.conf import settings
from django.template import Context
from django.templatetags.static import static

from clinic_site.appearance.branding import absolute
from clinic_site.clinic.models.people import Person
from clinic_site.images.renditions import share_rendition
from clinic_site.pages.models.base import SitePage
from clinic_site.pages.schema_org import breadcrumb_list, json_ld_script, schema_org_of

register = template.Library()


@register.inclusion_tag("components/page_data.html", takes_context=True)
def page_data(
    context: Context, title: str = "", description: str = "", card: str = ""
) -> dict[str, Any]:
    """Print what search engines and other sites show of a page, from the records it shows.

    A page that is none of the tree gives its `title` and `description`. `card` is an image in
    `static` that stands for it, 1200 by 630 pixels; others without one show the clinic's card.
    """
    # Wagtail calls the page that is being served `self`; `page` may be one that a form is about.
    # A page that is about somebody speaks of them, and not of itself.
    page: SitePage | Person | None = context.get("about") or context.get("self")
    clinic, request = context["clinic"], context["request"]
    # An alias speaks of the address that it repeats, as its canonical link does.
    repeats = getattr(page, "alias_of_id", None)
    address = context["canonical_url"] if repeats else f"{settings.BASE_URL}{request.path}"
    rendition = share_rendition(page.share_image) if page else None
    nodes = []
    crumbs = context.get("breadcrumbs") or []
    if len(crumbs) > 1:
        nodes.append(breadcrumb_list(crumbs, settings.BASE_URL, address))
    nodes += schema_org_of(page, clinic, address, rendition)
    return {
        "page": page,
        "title": title,
        "clinic": clinic,
        "address": address,
        "rendition": rendition,
        "description": description,
        "default_image": absolute(static(card) if card else clinic.branding.card_url),
        "script": json_ld_script(nodes) if nodes else "",
    }
