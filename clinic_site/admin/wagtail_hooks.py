from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from clinic_site.admin.first_steps import FirstStepsPanel
from clinic_site.admin.guide import GUIDES, read_guide
from clinic_site.admin.page_work import works_on_pages
from clinic_site.admin.required_permissions import NOT_IN_USE, is_in_use

# Wagtail's panels at the start about pages that somebody works on.
OF_PAGES = {"user_objects_in_workflow_moderation", "recent_edits", "locked_pages"}


@hooks.register("insert_global_admin_js")
def start_choosers() -> SafeString:
    return format_html('<script src="{}"></script>', static("js/admin/choosers.js"))


@hooks.register("insert_global_admin_css")
def lay_out_every_page() -> SafeString:
    styles = [(static(f"css/admin/{name}.css"),) for name in ("messages", "brand")]
    return format_html_join("", '<link rel="stylesheet" href="{}">', styles)


@hooks.register("register_admin_urls")
def add_guides() -> list[URLPattern]:
    return [path("guide/<slug:name>/", read_guide, name="guide")]


@hooks.register("construct_help_menu")
def offer_our_own_guides(request: HttpRequest, items: list[Any]) -> None:
    """The clinic's guides in place of Wagtail's, which tell of what is otherwise here."""
    items[:] = [item for item in items if not item.url.startswith("http")]
    items += [
        MenuItem(title, reverse("guide", args=[name]), icon_name="help", order=order)
        for order, (name, (_file, title)) in enumerate(GUIDES.items())
    ]
    items.sort(key=lambda item: item.order)


@hooks.register("construct_main_menu")
@hooks.register("construct_search")
def offer_what_is_in_use(request: HttpRequest, items: list[Any]) -> None:
    """Offer superusers, who have every permission, no way to what nobody gets an answer from."""
    items[:] = [item for item in items if is_in_use(item.url)]


@hooks.register("construct_homepage_panels")
def show_pages_to_those_who_write_them(request: HttpRequest, panels: list[Any]) -> None:
    """Leave out what tells of pages for whoever works on none; what waits for a review stays."""
    if not works_on_pages(request.user):
        panels[:] = [panel for panel in panels if getattr(panel, "name", "") not in OF_PAGES]


@hooks.register("construct_homepage_panels")
def remind_of_first_steps(request: HttpRequest, panels: list[Any]) -> None:
    if panel := FirstStepsPanel.of(request):
        panels.append(panel)


@hooks.register("construct_homepage_summary_items", order=1)  # after the apps have added theirs
def count_what_is_in_use(request: HttpRequest, items: list[Any]) -> None:
    items[:] = [item for item in items if item.template_name.split("/")[0] not in NOT_IN_USE]
