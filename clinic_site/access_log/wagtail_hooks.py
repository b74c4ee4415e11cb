from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from clinic_site.access_log.permissions import READ
from clinic_site.access_log.views import AccessLogView


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[URLPattern]:
    return [path("access-log/", AccessLogView.as_view(), name="access_log")]


class AccessLogMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(READ)


@hooks.register("register_reports_menu_item")
def register_access_log() -> MenuItem:
    return AccessLogMenuItem(
        _("Access log"), reverse("access_log"), name="access-log", icon_name="view", order=100
    )
