"""What search engines read of a page, in the words of schema.org.

`schema_org_of` says it of a page, by its type; the builders are pure functions of the records
that print the page, and `json_ld_script` writes what they return into it.
See https://schema.org/MedicalClinic and https://developers.google.com/search/docs/appearance/structured-data
"""

import json
from collections.abc import Iterable
from datetime import date, time
from functools import singledispatch
from itertools import groupby
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.safestring import SafeString, mark_safe
from wagtail.images.models import AbstractRendition

from clinic_site.appearance.branding import absolute
from clinic_site.clinic import phone
from clinic_site.clinic.models.details import ClinicDetails
from clinic_site.clinic.models.locations import Location, OpeningHours
from clinic_site.clinic.models.people import Person
from clinic_site.clinic.opening_hours import OpenHours
from clinic_site.pages.models.contact import ContactPage
from clinic_site.pages.models.home import HomePage
from clinic_site.pages.models.team import TeamPage

Node = dict[str, Any]  # what JSON-LD calls a node object: a thing with its type and properties

DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
# As Django's json_script has it: nothing in the text can end the script or begin a comment.
ESCAPES = {ord(character): f"\\u{ord(character):04X}" for character in "<>&"}


@singledispatch
def schema_org_of(
    page: object, clinic: ClinicDetails, address: str, rendition: AbstractRendition | None
) -> list[Node]:
    """Return what the page at `address` tells search engines, besides the way to it.

    An app registers what its own types of pages tell; the others tell nothing.
    """
    return []


@schema_org_of.register(HomePage)
def _home_page(page: HomePage, clinic: ClinicDetails, *_: Any) -> list[Node]:
    return [clinic_node(clinic, settings.BASE_URL)]


@schema_org_of.register(ContactPage)
def _contact_page(page: ContactPage, clinic: ClinicDetails, *_: Any) -> list[Node]:
    return [clinic_node(clinic, settings.BASE_URL, page.locations[1:])]


@schema_org_of.register(TeamPage)
def _team_page(page: TeamPage, clinic: ClinicDetails, *_: Any) -> list[Node]:
    return [staff_node(page.people, clinic, settings.BASE_URL)]


@schema_org_of.register(Person)
def _profile(
    person: Person, clinic: ClinicDetails, address: str, rendition: AbstractRendition | None
) -> list[Node]:
    return [profile_page(person, address, clinic, settings.BASE_URL, rendition)]


def json_ld_script(nodes: list[Node]) -> SafeString:
    """Write `nodes` as JSON-LD: data that no browser runs, so the site's policy allows it."""
    graph = {"@context": "https://schema.org", "@graph": nodes}
    text = json.dumps(graph, cls=DjangoJSONEncoder, separators=(",", ":")).translate(ESCAPES)
    # Safe: of what people typed, ESCAPES leaves nothing that could end the script.
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308


def node(kind: str | list[str], **properties: Any) -> Node:
    """Return a thing of schema.org without the properties that nobody has filled in."""
    return {"@type": kind, **{name: value for name, value in properties.items() if value}}


def clinic_node(details: ClinicDetails, base_url: str, others: Iterable[Location] = ()) -> Node:
    """Return the clinic with its main location, and `others`, for the pages that introduce it."""
    departments = [node("MedicalClinic", name=each.name) | _place(each) for each in others]
    facts = clinic_reference(details, base_url) | node(
        "MedicalClinic",
        slogan=details.tagline,
        medicalSpecialty=details.specialty and f"https://schema.org/{details.specialty}",
        priceRange=details.price_range,
        sameAs=details.addresses_elsewhere,
        department=departments,
        email=details.location and details.location.email,
        image=details.branding and absolute(details.branding.card_url),
        logo=details.branding and absolute(details.branding.touch_icon_url),
    )
    return facts | _place(details.location) if details.location else facts


def clinic_reference(details: ClinicDetails, base_url: str) -> Node:
    """Return who publishes a page; the @id says that it is the clinic of the home page."""
    return {"@id": f"{base_url}/#clinic"} | node(
        "MedicalClinic", name=details.name, url=f"{base_url}/"
    )


def person_node(somebody: Person, profile: str = "") -> Node:
    """Return somebody of the clinic; `profile` is the address of the page about them, if any.

    The @id says that it is the same person, whichever page names them.
    """
    facts = node(
        "Person",
        name=somebody.name,
        jobTitle=somebody.role,
        honorificSuffix=somebody.credentials,
        url=profile,
    )
    return {"@id": f"{profile}#person"} | facts if profile else facts


def profile_page(
    somebody: Person,
    address: str,
    details: ClinicDetails,
    base_url: str,
    rendition: AbstractRendition | None,
) -> Node:
    """Return the page at `address` about somebody, with all that it tells of them."""
    about = person_node(somebody, address) | node(
        "Person",
        description=somebody.biography,
        knowsLanguage=somebody.language_names,
        image=rendition and rendition.full_url,
        worksFor=clinic_reference(details, base_url),
    )
    return {"@id": address} | node("ProfilePage", url=address, mainEntity=about)


def staff_node(people: Iterable[Person], details: ClinicDetails, base_url: str) -> Node:
    """Return the clinic with those who work there."""
    employees = [person_node(each, profile_address(each, details, base_url)) for each in people]
    return clinic_reference(details, base_url) | node("MedicalClinic", employee=employees)


def profile_address(somebody: Person, details: ClinicDetails, base_url: str) -> str:
    path = details.profile_of(somebody)
    return f"{base_url}{path}" if path else ""


def breadcrumb_list(crumbs: list[dict[str, str]], base_url: str, address: str) -> Node:
    """Return the list that the page shows; its last entry is the page at `address` itself."""
    items = [
        node(
            "ListItem",
            position=position,
            name=str(crumb["title"]),
            item=f"{base_url}{crumb['url']}" if crumb["url"] else address,
        )
        for position, crumb in enumerate(crumbs, start=1)
    ]
    return {"@id": f"{address}#breadcrumbs"} | node("BreadcrumbList", itemListElement=items)


def _place(location: Location) -> Node:
    facts = node(
        "MedicalClinic",
        # E.164 has no room for an extension.
        telephone=phone.normalize_phone(location.phone, location.country).partition(";")[0],
        address=node(
            "PostalAddress",
            streetAddress=location.street,
            addressLocality=location.city,
            addressRegion=location.region,
            postalCode=location.postcode,
            addressCountry=location.country,
        ),
        hasMap=location.map_url,
        openingHoursSpecification=_hours(location.opening_hours.all()),
        specialOpeningHoursSpecification=_special_hours(location.special_hours),
    )
    if location.latitude is not None and location.longitude is not None:
        facts["geo"] = {
            "@type": "GeoCoordinates",
            "latitude": float(location.latitude),
            "longitude": float(location.longitude),
        }
    return facts


def _special_hours(days: Iterable[tuple[date, list[OpenHours]]]) -> list[Node]:
    """Return an entry for each span of a day that differs; from midnight to midnight is closed."""
    return [
        node(
            "OpeningHoursSpecification",
            validFrom=day.isoformat(),
            validThrough=day.isoformat(),
            opens=f"{span.opens:%H:%M}",
            closes=f"{span.closes:%H:%M}",
        )
        for day, spans in days
        for span in spans or [OpenHours(time(), time())]
    ]


def _hours(spans: Iterable[OpeningHours]) -> list[Node]:
    """Return one entry for each pair of times, with the days that share it."""

    def times(span: OpeningHours) -> tuple[str, str]:
        return f"{span.opens:%H:%M}", f"{span.closes:%H:%M}"

    ordered = sorted(spans, key=lambda span: (times(span), span.weekday))
    return [
        node(
            "OpeningHoursSpecification",
            dayOfWeek=[DAYS[span.weekday] for span in days],
            opens=opens,
            closes=closes,
        )
        for (opens, closes), days in groupby(ordered, key=times)
    ]
