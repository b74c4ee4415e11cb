from django.http import Http404, HttpRequest
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.models import Page
from wagtail.permissions import page_permission_policy
from wagtail.query import PageQuerySet

from clinic_site.admin.first_steps import FirstStep
from clinic_site.pages.editing.bulk_actions import ACTIONS
from clinic_site.pages.editing.first_steps import STEPS
from clinic_site.pages.inbound_links import warn_before_deleting, warn_before_moving
from clinic_site.pages.pasting.views import read_pasted
from clinic_site.pages.published import has_ended


@hooks.register("before_delete_page")
def before_delete_page(request: HttpRequest, page: Page) -> None:
    warn_before_deleting(request, page)


@hooks.register("before_move_page")
def before_move_page(request: HttpRequest, page: Page, _destination: Page) -> None:
    warn_before_moving(request, page)


@hooks.register("before_serve_page")
def end_at_the_second(page: Page, request: HttpRequest, *_how: object) -> None:
    """Serve no page that has ended, even if the worker has not withdrawn it yet."""
    if has_ended(page):
        raise Http404


@hooks.register("construct_page_chooser_queryset")
def choose_among_own_pages(pages: PageQuerySet, request: HttpRequest) -> PageQuerySet:
    """Name drafts to those who edit pages only."""
    edits = page_permission_policy.user_has_any_permission(request.user, ["add", "change"])
    return pages if edits else pages.none()


for action in ACTIONS:  # after Wagtail's, whose places they take
    hooks.register("register_bulk_action", action, order=1)


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[URLPattern]:
    return [path("pages/pasted/<slug:body>/", read_pasted, name="read_pasted")]


@hooks.register("insert_global_admin_js")
def send_forms_once() -> SafeString:
    addresses = {
        "session_url": reverse("admin_session"),
        "sign_in_url": reverse("wagtailadmin_login"),
    }
    return render_to_string("pages/admin/sending.html", addresses)


@hooks.register("register_first_steps")
def register_first_steps() -> list[FirstStep]:
    return STEPS
