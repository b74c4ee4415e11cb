"""The addresses of the screens for people's data, and their entry in the menu."""

from django.http import HttpRequest
from django.urls import URLPattern, path
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from clinic_site.data_requests.access import ANSWER, TITLE
from clinic_site.data_requests.periods import PeriodsView
from clinic_site.data_requests.views import (
    EraseView,
    ExportFileView,
    ExportView,
    FoundView,
    SearchView,
)
from clinic_site.data_requests.who_saw import WhoSawThemView


class DataRequestMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(ANSWER)


class DataRequestViewSet(ViewSet):
    name = "people-data"
    url_namespace = "data_requests"
    icon = "user"
    menu_label = TITLE
    menu_order = 9000
    add_to_admin_menu = True
    menu_item_class = DataRequestMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", self.construct_view(SearchView), name="index"),
            path("how-long/", self.construct_view(PeriodsView), name="periods"),
            path("<str:token>/", self.construct_view(FoundView), name="found"),
            path("<str:token>/everything/", self.construct_view(ExportView), name="export"),
            path("<str:token>/file/", self.construct_view(ExportFileView), name="file"),
            path("<str:token>/who-saw/", self.construct_view(WhoSawThemView), name="who_saw"),
            path("<str:token>/erase/", self.construct_view(EraseView), name="erase"),
        ]
