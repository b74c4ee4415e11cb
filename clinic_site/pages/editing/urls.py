"""Puts our editor of pages where Wagtail has its own, at the same addresses."""

from functools import update_wrapper
from typing import Any

from django.views.decorators.cache import never_cache
from wagtail.admin.auth import require_admin_access
from wagtail.admin.urls import display_custom_404
from wagtail.contrib.redirects import views as redirects
from wagtail.contrib.settings import views as settings
from wagtail.documents.views import documents
from wagtail.images.views import images

from clinic_site.admin.edit_conflicts import EditConflictMixin
from clinic_site.pages.editing.forms import with_schedule
from clinic_site.pages.editing.page_lock import with_page_lock
from clinic_site.pages.editing.redirect_form import RedirectForm
from clinic_site.pages.editing.refusals import (
    ASKS_ABOVE,
    TAKES_AWAY,
    refused_in_words,
    site_stays,
    why_not_taken_down,
    why_refused,
    with_a_page_above,
    with_warning,
)
from clinic_site.pages.editing.site_form import SiteForm
from clinic_site.pages.editing.views import CreateView, EditView, RevertView, WorkflowAction

PAGES, SITES, DOCUMENTS = "wagtailadmin_pages", "wagtailsites", "wagtaildocs"
REDIRECTS = "wagtailredirects"
OURS = {
    "edit": EditView.as_view(),
    "revisions_revert": RevertView.as_view(),
    "add": CreateView.as_view(),
    "workflow_action": WorkflowAction.as_view(),
}


class SettingEditView(EditConflictMixin, settings.EditView):
    pass


class ImageEditView(EditConflictMixin, images.EditView):
    pass


class DocumentEditView(EditConflictMixin, documents.EditView):
    pass


class RedirectEditView(EditConflictMixin, redirects.EditView):
    form_class = RedirectForm


RECORDS = {
    "wagtailsettings": SettingEditView,
    DOCUMENTS: DocumentEditView,
    "wagtailimages": ImageEditView,
    REDIRECTS: RedirectEditView,
}


def with_our_editor(admin_urls: list[Any]) -> list[Any]:
    """Return Wagtail's `admin_urls`, in which every post about a page waits for its turn."""
    for address in _below(PAGES, admin_urls):
        view = address.callback
        if address.name in OURS:
            guarded = require_admin_access(OURS[address.name])
            view = never_cache(display_custom_404(guarded))
        if address.name in ("edit", "add"):
            view = with_schedule(view)
        if address.name == "unpublish":
            view = refused_in_words(with_warning(view), why_not_taken_down)
        if address.name in ASKS_ABOVE:
            view = with_a_page_above(view)
        if address.name in TAKES_AWAY:
            view = refused_in_words(view, why_refused)
        address.callback = update_wrapper(with_page_lock(view), address.callback)
    for namespace, edit_view in RECORDS.items():
        _put_in_place(edit_view, _below(namespace, admin_urls))
    _keep_the_site(_below(SITES, admin_urls))
    _check_redirects(_below(REDIRECTS, admin_urls))
    for address in _below(DOCUMENTS, admin_urls):
        if address.name == "delete":  # it names the pages that offer the document
            address.callback.view_initkwargs["template_name"] = "documents/confirm_delete.html"
    return admin_urls


def _keep_the_site(addresses: list[Any]) -> None:
    for address in addresses:
        if address.name == "delete":
            address.callback = update_wrapper(site_stays(address.callback), address.callback)
        if address.name in ("add", "edit"):
            address.callback.view_initkwargs["form_class"] = SiteForm  # Django's view reads it


def _check_redirects(addresses: list[Any]) -> None:
    for address in addresses:
        if address.name == "add":
            address.callback.view_initkwargs["form_class"] = RedirectForm
    redirects.RedirectForm = RedirectForm  # the rows of a file are read by it


def _put_in_place(edit_view: Any, addresses: list[Any]) -> None:
    for address in addresses:
        if address.name == "edit" and hasattr(address.callback, "view_class"):
            view = never_cache(require_admin_access(edit_view.as_view()))
            address.callback = update_wrapper(view, address.callback)


def _below(namespace: str, urls: list[Any]) -> list[Any]:
    found = (each for each in urls if getattr(each, "namespace", "") == namespace)
    return [address for each in found for address in each.url_patterns]
