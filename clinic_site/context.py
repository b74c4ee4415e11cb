"""What every template may use: the clinic's details and the way round its site."""

from typing import Any

from django.conf import settings
from django.db.models import prefetch_related_objects
from django.http import HttpRequest
from django.utils.encoding import escape_uri_path
from django.utils.functional import SimpleLazyObject
from wagtail.models import Page, Site

from clinic_site.models import ClinicDetails, published
from clinic_site.page_cache.facts import remembered

# Error pages show the phone number even while the database does not answer.
_last_read: ClinicDetails | None = None


def clinic(request: HttpRequest) -> dict[str, Any]:
    facts = SimpleLazyObject(lambda: remembered("clinic", lambda: _facts(request)))
    return {
        "clinic": SimpleLazyObject(lambda: facts["clinic"]),
        # The same under whatever name the request came, and whatever was added to it.
        "canonical_url": settings.BASE_URL + escape_uri_path(request.path),
        "navigation": SimpleLazyObject(
            lambda: [
                entry | {"current": request.path.startswith(entry["url"])}
                for entry in facts["navigation"]
            ]
        ),
    }


def _facts(request: HttpRequest) -> dict[str, Any]:
    return {"clinic": read_clinic(request), "navigation": _navigation(request)}


def read_clinic(request: HttpRequest | None = None) -> ClinicDetails:
    """Return the clinic with its main location and hours, read once a request."""
    global _last_read
    details: ClinicDetails = ClinicDetails.load(request_or_site=request)
    if details.location:
        prefetch_related_objects([details.location], "opening_hours")
    _last_read = details
    return details


def last_read_clinic() -> ClinicDetails | None:
    """Return what this process last read of the clinic, without asking the database."""
    return _last_read


def _navigation(request: HttpRequest) -> list[dict[str, Any]]:
    """Return the pages below home that are shown in menus."""
    site = Site.find_for_request(request)
    if site is None:
        return []
    pages = published(Page.objects.child_of(site.root_page).in_menu())
    return [{"title": page.title, "url": page.get_url(request)} for page in pages]
