"""The form of a redirect in the admin: it begins where nothing is, and leads somewhere."""

from typing import Any
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.redirects.forms import RedirectForm as WagtailRedirectForm
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

IS_OCCUPIED = _(
    "There is something at this address already, and readers will go on seeing that. Only an "
    "address at which nothing is can lead elsewhere."
)
LEADS_NOWHERE = _("Choose a page, or type an address to lead to.")
ONE_OF_THEM = _("You’ve chosen a page as well. Keep one of the two.")
CIRCLE = _("That address leads elsewhere itself. Choose what readers are to see in the end.")


class RedirectForm(WagtailRedirectForm):
    def clean(self) -> dict[str, Any]:
        super().clean()
        given = self.cleaned_data
        page, link = given.get("redirect_page"), given.get("redirect_link")
        if "old_path" in given and is_occupied(given["old_path"], given.get("site")):
            self.add_error("old_path", IS_OCCUPIED)
        if page and link:
            self.add_error("redirect_link", ONE_OF_THEM)
        elif link and _leads_on(link, given.get("old_path", "")):
            self.add_error("redirect_link", CIRCLE)
        elif not page and not link and not {"redirect_page", "redirect_link"} & set(self.errors):
            self.add_error("redirect_page", LEADS_NOWHERE)
        return given


def is_occupied(old_path: str, site: Site | None) -> bool:
    """Tell whether the site shows something there; it leads elsewhere only what it can't find."""
    path = urlsplit(Redirect.normalise_path(old_path)).path
    return any(_is_shown(address, site) for address in (path, f"{path.rstrip('/')}/"))


def _is_shown(path: str, site: Site | None) -> bool:
    try:
        match = resolve(path)
    except Resolver404:
        return False
    if match.url_name != "wagtail_serve":
        found_in_path: dict[str, Any] = match.captured_kwargs  # type: ignore[attr-defined]
        return not found_in_path  # of the others it depends on what is asked for
    roots = [site.root_page] if site else [each.root_page for each in Site.objects.all()]
    addresses = [root.url_path.rstrip("/") + path for root in roots]
    return Page.objects.live().filter(url_path__in=addresses).exists()


def _leads_on(link: str, old_path: str) -> bool:
    parts = urlsplit(link)
    if not Site.objects.filter(hostname=parts.hostname or "").exists():
        return False
    path = Redirect.normalise_path(parts._replace(scheme="", netloc="").geturl())
    is_itself = path == Redirect.normalise_path(old_path)
    return is_itself or Redirect.objects.filter(old_path=path).exists()
