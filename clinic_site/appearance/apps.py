from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AppearanceConfig(AppConfig):
    name = "clinic_site.appearance"
    label = "appearance"
    verbose_name = _("Appearance")

    def ready(self) -> None:
        from clinic_site.access_log.signal_handlers import record_changes_of
        from clinic_site.accounts.roles import register_permissions
        from clinic_site.appearance import privacy
        from clinic_site.appearance.email_colors import read_email_colors
        from clinic_site.appearance.models import Appearance
        from clinic_site.appearance.permissions import PERMISSIONS
        from clinic_site.mail.colors import register_colors
        from clinic_site.page_cache.signal_handlers import invalidate_all_on_change
        from clinic_site.privacy.register import register_personal_data

        invalidate_all_on_change(Appearance)
        record_changes_of(Appearance)
        register_personal_data(not_personal=privacy.NOT_PERSONAL)
        register_permissions(PERMISSIONS)
        register_colors(read_email_colors)
