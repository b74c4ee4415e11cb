"""Who sees the waiting list, and what its screens have in common."""

from typing import Any, cast

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.permissions import ModelPermissionPolicy

from booking.desk.access import DeskMixin
from booking.models import WaitingListEntry
from clinic_site.accounts.models import User

WAITING_LIST = ModelPermissionPolicy(WaitingListEntry)


class WaitingMixin(DeskMixin):
    permission_policy = WAITING_LIST
    header_icon = "time"

    request: HttpRequest

    def trail(self) -> list[dict[str, Any]]:
        return [{"url": reverse("waiting:index"), "label": _("Waiting list")}]

    @property
    def user(self) -> User:
        return cast(User, self.request.user)

    @property
    def back(self) -> str:
        return get_valid_next_url_from_request(self.request) or reverse("waiting:index")

    @cached_property
    def may_change(self) -> bool:
        return bool(self.permission_policy.user_has_permission(self.request.user, "change"))
