from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.ui.components import Component


class SwitchedOffPanel(Component):
    """Says on the start page that a password alone opens what is known of patients."""

    name, order = "second_factor_off", 10
    template_name = "second_factor/admin/switched_off.html"


@hooks.register("construct_homepage_panels")
def construct_homepage_panels(request: HttpRequest, panels: list[Any]) -> None:
    if not settings.REQUIRE_SECOND_FACTOR:
        panels.append(SwitchedOffPanel())


@hooks.register("register_account_menu_item")
def register_account_menu_item(request: HttpRequest) -> dict[str, str]:
    return {
        "url": reverse("second_factor:overview"),
        "label": _("Two-step sign-in"),
        "help_text": _("Your phone, your recovery codes, and where you’re signed in."),
    }
