from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.widgets.button import Button

from clinic_site.accounts.models import User
from clinic_site.accounts.roles import Role
from clinic_site.admin.first_steps import FirstStep
from clinic_site.staff.views import StaffViewSet


@hooks.register("register_admin_viewset")
def register_viewset() -> StaffViewSet:
    return StaffViewSet()


@hooks.register("register_first_steps")
def register_first_steps() -> list[FirstStep]:
    return [
        FirstStep(
            45,
            gettext_lazy("Invite your staff"),
            gettext_lazy("Each with the role that fits. They choose their own passwords."),
            lambda: reverse("staff:index"),
            lambda: User.objects.filter(groups__name__in=set(Role) - {Role.OWNERS}),
        ),
    ]


@hooks.register("register_user_listing_buttons")
def offer_to_see_off(user: Any, request_user: Any) -> list[Button]:
    """Offer in Wagtail's list of accounts what the list of staff does."""
    if not user.is_active or user == request_user:
        return []
    return [Button(_("Leaving…"), reverse("staff:leaving", args=[user.pk]), icon_name="logout")]
