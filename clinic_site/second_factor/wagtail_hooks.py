from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail import hooks


@hooks.register("register_account_menu_item")
def register_account_menu_item(request: HttpRequest) -> dict[str, str]:
    return {
        "url": reverse("second_factor:overview"),
        "label": _("Two-step sign-in"),
        "help_text": _("Your phone, your recovery codes, and where you’re signed in."),
    }
