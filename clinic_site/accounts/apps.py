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
        from clinic_site.accounts import privacy, session_timeout
        from clinic_site.accounts.data_requests import TABLES
        from clinic_site.accounts.permissions import PERMISSIONS
        from clinic_site.accounts.roles import register_permissions
        from clinic_site.jobs.periodic import every, register_job
        from clinic_site.privacy.register import register_personal_data

        register_personal_data(*privacy.RECORDS, tables=TABLES, not_personal=privacy.NOT_PERSONAL)
        register_permissions(PERMISSIONS)
        register_job("delete ended sessions", session_timeout.delete_ended_sessions, every(days=1))
        user_logged_in.connect(session_timeout.begin)
        post_migrate.connect(update_roles, sender=self)


class StaffUsersConfig(WagtailUsersAppConfig):
    """Wagtail's screens of staff accounts, with our forms, and of roles, which leave lines."""

    user_viewset = "clinic_site.accounts.viewsets.UserViewSet"
    group_viewset = "clinic_site.access_log.group_screens.GroupViewSet"


def update_roles(verbosity: int = 1, **_signal: Any) -> None:
    """Bring the roles up to date, and say which permissions somebody has changed by hand."""
    from wagtail.models import Page

    from clinic_site.accounts.roles import grant_roles

    if Page.get_first_root_node() is None:  # after a flush, or a migration of some apps only
        return
    for sentence in grant_roles():
        if verbosity:
            print(sentence)  # noqa: T201
