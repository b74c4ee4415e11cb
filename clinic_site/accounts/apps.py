from typing import Any

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


class AccountsConfig(AppConfig):
    """The last of the installed apps: its signal comes when all have their permissions."""

    name = "clinic_site.accounts"
    label = "accounts"
    verbose_name = _("Staff accounts")
    default = True

    def ready(self) -> None:
        from clinic_site.accounts import session_timeout
        from clinic_site.accounts.rights import RIGHTS
        from clinic_site.accounts.roles import register_rights

        register_rights(RIGHTS)
        user_logged_in.connect(session_timeout.begin)
        post_migrate.connect(update_roles, sender=self)


class StaffUsersConfig(WagtailUsersAppConfig):
    """Wagtail's screens of staff accounts, with our forms."""

    user_viewset = "clinic_site.accounts.viewsets.UserViewSet"


def update_roles(verbosity: int = 1, **_signal: Any) -> None:
    """Bring the roles up to date, and say which rights somebody has changed by hand."""
    from wagtail.models import Page

    from clinic_site.accounts.roles import grant_roles

    if Page.get_first_root_node() is None:  # after a flush, or a migration of some apps only
        return
    for sentence in grant_roles():
        if verbosity:
            print(sentence)  # noqa: T201
