"""A service as search engines read it, with its price. See https://schema.org/Service"""

import re

from django.conf import settings
from wagtail.images.models import AbstractRendition

from booking.models import ServicePage
from clinic_site.clinic.models.details import ClinicDetails
from clinic_site.pages.schema_org import Node, clinic_reference, node, schema_org_of

DOLLARS = re.compile(r"\$(\d+(?:\.\d\d)?)\Z")


@schema_org_of.register(ServicePage)
def service_nodes(
    page: ServicePage, clinic: ClinicDetails, address: str, rendition: AbstractRendition | None
) -> list[Node]:
    service = page.service
    if service is None:  # a draft
        return []
    facts = node(
        "Service",
        name=page.title,
        description=page.description,
        url=address,
        provider=clinic_reference(clinic, settings.BASE_URL),
        image=rendition and rendition.full_url,
        audience=service.audience and node("Audience", audienceType=service.audience),
        offers=service.price_text and _offer(service.price_text, address),
    )
    return [{"@id": f"{address}#service"} | facts]


def _offer(price: str, address: str) -> Node:
    """Return the price as a number, where the clinic's words are one: "$145"."""
    if number := DOLLARS.match(price):
        return node("Offer", url=address, price=number[1], priceCurrency="USD")
    return node("Offer", url=address, description=price)
