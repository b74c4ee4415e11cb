"""Puts our editor of pages where Wagtail has its own, at the same addresses."""

from functools import update_wrapper
from typing import Any

from django.views.decorators.cache import never_cache
from wagtail.admin.auth import require_admin_access
from wagtail.admin.urls import display_custom_404

from clinic_site.pages.editing.turns import in_turn
from clinic_site.pages.editing.views import CreateView, EditView, RevertView, WorkflowAction

NAMESPACE = "wagtailadmin_pages"
OURS = {
    "edit": EditView.as_view(),
    "revisions_revert": RevertView.as_view(),
    "add": CreateView.as_view(),
    "workflow_action": WorkflowAction.as_view(),
}


def with_our_editor(admin_urls: list[Any]) -> list[Any]:
    """Return Wagtail's `admin_urls`, in which every post about a page waits for its turn."""
    for pages in (each for each in admin_urls if getattr(each, "namespace", "") == NAMESPACE):
        for address in pages.url_patterns:
            view = address.callback
            if address.name in OURS:
                guarded = require_admin_access(OURS[address.name])
                view = never_cache(display_custom_404(guarded))
            address.callback = update_wrapper(in_turn(view), address.callback)
    return admin_urls
