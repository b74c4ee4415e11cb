from django.http import HttpRequest
from wagtail import hooks
from wagtail.models import Page
from wagtail.permissions import page_permission_policy
from wagtail.query import PageQuerySet

from clinic_site.pages.inbound_links import warn_before_deleting, warn_before_moving


@hooks.register("before_delete_page")
def before_delete_page(request: HttpRequest, page: Page) -> None:
    warn_before_deleting(request, page)


@hooks.register("before_move_page")
def before_move_page(request: HttpRequest, page: Page, _destination: Page) -> None:
    warn_before_moving(request, page)


@hooks.register("construct_page_chooser_queryset")
def choose_among_own_pages(pages: PageQuerySet, request: HttpRequest) -> PageQuerySet:
    """Name drafts to those who edit pages only."""
    edits = page_permission_policy.user_has_any_permission(request.user, ["add", "change"])
    return pages if edits else pages.none()
