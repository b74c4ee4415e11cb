from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from wordpress.permissions import IMPORT_SITE
from wordpress.screens.views import TITLE, ImportView, RunView


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[URLPattern]:
    return [
        path("wordpress/", ImportView.as_view(), name="wordpress_import"),
        path("wordpress/<int:pk>/", RunView.as_view(), name="wordpress_run"),
    ]


class ImportMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(IMPORT_SITE)


@hooks.register("register_settings_menu_item")
def register_menu_item() -> MenuItem:
    return ImportMenuItem(
        TITLE, reverse("wordpress_import"), name="wordpress", icon_name="download", order=900
    )
