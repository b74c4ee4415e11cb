from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from clinic_site.page_views.report.views import READ, PageViewsView


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[URLPattern]:
    return [path("reports/page-views/", PageViewsView.as_view(), name="page_views")]


class PageViewsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(READ)


@hooks.register("register_reports_menu_item")
def register_page_views() -> MenuItem:
    return PageViewsMenuItem(
        _("Page views"), reverse("page_views"), name="page-views", icon_name="doc-full", order=85
    )
