"""What search engines read: the clinic and the way to a page, in the words of schema.org.

Pure functions of the records that print the page. `script` writes them into it.
See https://schema.org/MedicalClinic and https://developers.google.com/search/docs/appearance/structured-data
"""

import json
from collections.abc import Iterable
from datetime import date, time
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.safestring import SafeString, mark_safe

from clinic_site.clinic import phone
from clinic_site.clinic.opening_hours import OpenHours

if TYPE_CHECKING:
    from wagtail.images.models import AbstractRendition

    from clinic_site.clinic.models.details import ClinicDetails
    from clinic_site.clinic.models.locations import Location, OpeningHours
    from clinic_site.clinic.models.people import Person

Thing = dict[str, Any]

DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
# As Django's json_script has it: nothing in the text can end the script or begin a comment.
ESCAPES = {ord(character): f"\\u{ord(character):04X}" for character in "<>&"}


def script(things: list[Thing]) -> SafeString:
    """Write `things` as JSON-LD: data that no browser runs, so the site's policy allows it."""
    graph = {"@context": "https://schema.org", "@graph": things}
    text = json.dumps(graph, cls=DjangoJSONEncoder, separators=(",", ":")).translate(ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308


def thing(kind: str | list[str], **properties: Any) -> Thing:
    """Return a thing of schema.org without the properties that nobody has filled in."""
    return {"@type": kind, **{name: value for name, value in properties.items() if value}}


def clinic(details: "ClinicDetails", base_url: str, others: Iterable["Location"] = ()) -> Thing:
    """Return the clinic with its main location, and `others`, for the pages that introduce it."""
    departments = [thing("MedicalClinic", name=each.name) | _place(each) for each in others]
    facts = clinic_in_short(details, base_url) | thing(
        "MedicalClinic", slogan=details.tagline, department=departments
    )
    return facts | _place(details.location) if details.location else facts


def clinic_in_short(details: "ClinicDetails", base_url: str) -> Thing:
    """Return who publishes a page; the @id says that it is the clinic of the home page."""
    return {"@id": f"{base_url}/#clinic"} | thing(
        "MedicalClinic", name=details.name, url=f"{base_url}/"
    )


def person(somebody: "Person", profile: str = "") -> Thing:
    """Return somebody of the clinic; `profile` is the address of the page about them, if any.

    The @id says that it is the same person, whichever page names them.
    """
    facts = thing(
        "Person",
        name=somebody.name,
        jobTitle=somebody.role,
        honorificSuffix=somebody.credentials,
        url=profile,
    )
    return {"@id": f"{profile}#person"} | facts if profile else facts


def profile(
    somebody: "Person",
    address: str,
    details: "ClinicDetails",
    base_url: str,
    picture: "AbstractRendition | None",
) -> Thing:
    """Return the page at `address` about somebody, with all that it tells of them."""
    about = person(somebody, address) | thing(
        "Person",
        description=somebody.biography,
        image=picture and picture.full_url,
        worksFor=clinic_in_short(details, base_url),
    )
    return {"@id": address} | thing("ProfilePage", url=address, mainEntity=about)


def team(people: Iterable["Person"], details: "ClinicDetails", base_url: str) -> Thing:
    """Return the clinic with those who work there."""
    employees = [person(each, profile_address(each, details, base_url)) for each in people]
    return clinic_in_short(details, base_url) | thing("MedicalClinic", employee=employees)


def profile_address(somebody: "Person", details: "ClinicDetails", base_url: str) -> str:
    path = details.profile_of(somebody)
    return f"{base_url}{path}" if path else ""


def breadcrumbs(way: list[dict[str, str]], base_url: str, address: str) -> Thing:
    """Return the list that the page shows; its last entry is the page at `address` itself."""
    items = [
        thing(
            "ListItem",
            position=position,
            name=str(crumb["title"]),
            item=f"{base_url}{crumb['url']}" if crumb["url"] else address,
        )
        for position, crumb in enumerate(way, start=1)
    ]
    return {"@id": f"{address}#breadcrumbs"} | thing("BreadcrumbList", itemListElement=items)


def _place(location: "Location") -> Thing:
    facts = thing(
        "MedicalClinic",
        # E.164 has no room for an extension.
        telephone=phone.normalise(location.phone).partition(";")[0],
        address=thing(
            "PostalAddress",
            streetAddress=location.street,
            addressLocality=location.city,
            addressRegion=location.region,
            postalCode=location.postcode,
            addressCountry=phone.HOME_REGION,
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


def _special_hours(days: Iterable[tuple[date, list[OpenHours]]]) -> list[Thing]:
    """Return an entry for each span of a day that differs; from midnight to midnight is closed."""
    return [
        thing(
            "OpeningHoursSpecification",
            validFrom=day.isoformat(),
            validThrough=day.isoformat(),
            opens=f"{span.opens:%H:%M}",
            closes=f"{span.closes:%H:%M}",
        )
        for day, spans in days
        for span in spans or [OpenHours(time(), time())]
    ]


def _hours(spans: Iterable["OpeningHours"]) -> list[Thing]:
    """Return one entry for each pair of times, with the days that share it."""

    def times(span: "OpeningHours") -> tuple[str, str]:
        return f"{span.opens:%H:%M}", f"{span.closes:%H:%M}"

    ordered = sorted(spans, key=lambda span: (times(span), span.weekday))
    return [
        thing(
            "OpeningHoursSpecification",
            dayOfWeek=[DAYS[span.weekday] for span in days],
            opens=opens,
            closes=closes,
        )
        for (opens, closes), days in groupby(ordered, key=times)
    ]
