"""Who may enter the screens for people's data, and what these have in common."""

from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from clinic_site.accounts.models import User

ANSWER = "data_requests.answer_data_requests"
TITLE = _("People’s data")


class OwnersMixin(WagtailAdminTemplateMixin):
    """A screen for those who may answer data requests."""

    header_icon = "user"
    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm(ANSWER):
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    @property
    def user(self) -> User:
        return cast(User, self.request.user)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        here = {"url": "", "label": self.get_page_title()}
        return [*self.breadcrumbs_items, *self.trail(), here]

    def trail(self) -> list[dict[str, Any]]:
        return [{"url": reverse("data_requests:index"), "label": TITLE}]
