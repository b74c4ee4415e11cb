"""What every template may use: the clinic's details and the way round its site."""

from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.encoding import escape_uri_path
from django.utils.functional import SimpleLazyObject
from django.utils.translation import override
from wagtail.models import Page, Site, get_page_models

from clinic_site.appearance.models import Appearance
from clinic_site.clinic.current import read_clinic_for_pages, today_at_clinic
from clinic_site.clinic.models.details import ClinicDetails
from clinic_site.page_cache.memo import memoized_until_invalidated
from clinic_site.pages.models.home import HomePage
from clinic_site.pages.profiles import team_path
from clinic_site.pages.published import listed, published

# Components that say the same on every page, so that they are drawn once.
PARTS = ["booking_band", "clinic_card", "footer"]


@dataclass(frozen=True)
class SharedContext:
    """What every page needs to know, whichever it is."""

    clinic: ClinicDetails
    site: Site | None  # with its home page; None where there are several, which Wagtail tells apart
    navigation: list[dict[str, Any]]
    parts: dict[str, str]  # by the names in PARTS, as HTML


def clinic_context(request: HttpRequest) -> dict[str, Any]:
    return {
        "clinic": SimpleLazyObject(lambda: shared_context_of(request).clinic),
        "clinic_parts": SimpleLazyObject(lambda: shared_context_of(request).parts),
        # The same under whatever name the request came, and whatever was added to it.
        "canonical_url": settings.BASE_URL + escape_uri_path(request.path),
        "navigation": SimpleLazyObject(
            lambda: [
                entry | {"current": request.path.startswith(entry["url"])}
                for entry in shared_context_of(request).navigation
            ]
        ),
    }


def shared_context_of(request: HttpRequest) -> SharedContext:
    """Return the facts from memory, asking once a request whether they have changed."""
    if not hasattr(request, "shared_context"):
        shared = shared_context()
        if hasattr(request, "branding"):  # in the preview of another look, that one
            shared.clinic.branding = request.branding
            shared.parts.update(_draw_parts(shared.clinic, shared.navigation))
        request.shared_context = shared  # type: ignore[attr-defined]
    return request.shared_context  # type: ignore[attr-defined]


def warm_up() -> None:
    """Read what every page needs, before the first reader of a process comes."""
    shared_context()
    ContentType.objects.get_for_models(*get_page_models())


def shared_context() -> SharedContext:
    # Read anew each day: which closures are told of is another matter then.
    return memoized_until_invalidated(f"clinic.{today_at_clinic()}", _read_shared_context)


def _read_shared_context() -> SharedContext:
    site, clinic = _only_site(), read_clinic_for_pages()
    clinic.team_path = team_path()
    clinic.privacy_notice_path = _path_of_notice(clinic)
    clinic.branding = Appearance.read_branding()
    navigation = _navigation(site)
    return SharedContext(clinic, site, navigation, _draw_parts(clinic, navigation))


def _draw_parts(clinic: ClinicDetails, navigation: list[dict[str, Any]]) -> dict[str, str]:
    facts = {"clinic": clinic, "navigation": navigation}
    with override(settings.LANGUAGE_CODE):  # staff may read another
        return {name: render_to_string(f"components/{name}.html", facts) for name in PARTS}


def _path_of_notice(clinic: ClinicDetails) -> str:
    """Return where anybody may read the notice of privacy practices, or nothing."""
    if clinic.privacy_notice_id is None:
        return ""
    notice = published(Page.objects.filter(pk=clinic.privacy_notice_id)).first()
    return (notice.get_url() or "") if notice else ""


def _only_site() -> Site | None:
    sites = list(Site.objects.select_related("root_page__homepage")[:2])
    if len(sites) != 1:
        return None
    [site] = sites
    with suppress(HomePage.DoesNotExist):  # another kind of page may be at the root
        site.root_page = site.root_page.homepage
    return site


def _navigation(site: Site | None) -> list[dict[str, Any]]:
    """Return the pages below home that are shown in menus."""
    site = site or Site.objects.filter(is_default_site=True).first()
    if site is None:
        return []
    pages = listed(Page.objects.child_of(site.root_page).in_menu())
    return [{"title": page.title, "url": page.get_url()} for page in pages]
