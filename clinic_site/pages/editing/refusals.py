"""What is refused at an address of the admin, said in words before Wagtail answers."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.defaults import page_not_found
from wagtail.models import Page, Site

from clinic_site.http.security import View
from clinic_site.pages.editing.reserved_slugs import is_reserved, words_for
from clinic_site.pages.editing.root_page import ALIAS_STAYS, SITE_STAYS, STAYS
from clinic_site.pages.inbound_links import warn_before_unpublishing

TAKES_AWAY = ("delete", "move", "move_confirm")
# Wagtail goes on to the page above, which the root of all pages does not have.
ASKS_ABOVE = ("lock", "set_page_position", "unlock")


def with_warning(view: View) -> Any:
    """Wrap Wagtail's view that withdraws a page, which has a hook for the deed but not before."""

    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        page = Page.objects.filter(pk=kwargs["page_id"]).first()
        if page and page.permissions_for_user(request.user).can_unpublish():
            warn_before_unpublishing(request, page)
        return view(request, *args, **kwargs)

    return answer


def refused_in_words(view: View, words: Callable[..., str]) -> Any:
    """Wrap a view of Wagtail's that takes a page away; `words` say why it may not."""

    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        why = words(**kwargs) if request.user.has_perm("wagtailadmin.access_admin") else ""
        if not why:
            return view(request, *args, **kwargs)
        messages.error(request, why)
        return redirect("wagtailadmin_explore", kwargs.get("page_id") or kwargs["page_to_move_id"])

    return answer


def with_a_page_above(view: View) -> Any:
    """Wrap a view of Wagtail's that breaks without a page above the one that it is about."""

    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        is_staff = request.user.has_perm("wagtailadmin.access_admin")
        if is_staff and Page.objects.filter(pk=next(iter(kwargs.values())), depth=1).exists():
            return page_not_found(request, Http404(), "wagtailadmin/404.html")
        return view(request, *args, **kwargs)

    return answer


def why_refused(
    page_id: int = 0, page_to_move_id: int = 0, destination_id: int = 0, **_other: Any
) -> str:
    """Say why a page cannot go, or not there; nothing if it can."""
    page = Page.objects.filter(pk=page_id or page_to_move_id).first()
    if page is None:
        return ""
    if Site.objects.filter(root_page__path__startswith=page.path).exists():
        return str(STAYS)
    destination = Page.objects.filter(pk=destination_id).first()
    occupied = destination is not None and is_reserved(page.slug, destination)
    return words_for(page.slug) if occupied else ""


def why_not_taken_down(page_id: int) -> str:
    """Say why a page cannot be taken down where it is; nothing if it can."""
    is_alias = Page.objects.filter(pk=page_id, live=True, alias_of__isnull=False).exists()
    return str(ALIAS_STAYS) if is_alias else why_refused(page_id)


def site_stays(view: View) -> Any:
    """Wrap Wagtail's view that deletes a site, pages' addresses and all."""

    def answer(request: HttpRequest, pk: str, **kwargs: Any) -> HttpResponseBase:
        may_delete = request.user.has_perm("wagtailcore.delete_site")
        if may_delete and Site.objects.filter(pk=pk, is_default_site=True).exists():
            messages.error(request, SITE_STAYS)
            return redirect("wagtailsites:index")
        return view(request, pk=pk, **kwargs)

    return answer
