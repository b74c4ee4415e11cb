from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks

from clinic_site.admin.required_rights import NOT_IN_USE, is_in_use


@hooks.register("insert_global_admin_js")
def start_choosers() -> SafeString:
    return format_html('<script src="{}"></script>', static("js/admin/choosers.js"))


@hooks.register("insert_global_admin_css")
def lay_out_messages() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin/messages.css"))


@hooks.register("construct_main_menu")
@hooks.register("construct_search")
def offer_what_is_in_use(request: HttpRequest, items: list[Any]) -> None:
    """Offer superusers, who have every right, no way to what nobody gets an answer from."""
    items[:] = [item for item in items if is_in_use(item.url)]


@hooks.register("construct_homepage_summary_items", order=1)  # after the apps have added theirs
def count_what_is_in_use(request: HttpRequest, items: list[Any]) -> None:
    items[:] = [item for item in items if item.template_name.split("/")[0] not in NOT_IN_USE]
