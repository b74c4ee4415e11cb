from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AdminConfig(AppConfig):
    name = "clinic_site.admin"
    label = "site_admin"
    verbose_name = _("Admin")

    def ready(self) -> None:
        from clinic_site.admin.choosers import start_choosers_without_inline_scripts
        from clinic_site.admin.site_history import name_only_whose_work_is_seen

        name_only_whose_work_is_seen()
        start_choosers_without_inline_scripts()
