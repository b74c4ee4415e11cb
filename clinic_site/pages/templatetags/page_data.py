from typing import Any

from django import template
from django.conf import settings
from django.template import Context
from django.templatetags.static import static

from clinic_site.clinic.models.people import Person
from clinic_site.images.renditions import share_picture
from clinic_site.pages.models.base import SitePage
from clinic_site.pages.schema_org import breadcrumb_list, json_ld_script, schema_org_of

register = template.Library()


@register.inclusion_tag("components/page_data.html", takes_context=True)
def page_data(context: Context, title: str = "") -> dict[str, Any]:
    """Print what search engines and other sites show of a page, from the records it shows.

    A page that is none of the tree gives its `title`.
    """
    # Wagtail calls the page that is being served `self`; `page` may be one that a form is about.
    # A page that is about somebody speaks of them, and not of itself.
    page: SitePage | Person | None = context.get("about") or context.get("self")
    clinic, request = context["clinic"], context["request"]
    # An alias speaks of the address that it repeats, as its canonical link does.
    repeats = getattr(page, "alias_of_id", None)
    address = context["canonical_url"] if repeats else f"{settings.BASE_URL}{request.path}"
    picture = share_picture(page.share_image) if page else None
    nodes = []
    crumbs = context.get("breadcrumbs") or []
    if len(crumbs) > 1:
        nodes.append(breadcrumb_list(crumbs, settings.BASE_URL, address))
    nodes += schema_org_of(page, clinic, address, picture)
    return {
        "page": page,
        "title": title,
        "clinic": clinic,
        "address": address,
        "picture": picture,
        "default_picture": f"{settings.BASE_URL}{static('images/card.png')}",
        "script": json_ld_script(nodes) if nodes else "",
    }
