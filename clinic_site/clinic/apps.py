from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ClinicConfig(AppConfig):
    name = "clinic_site.clinic"
    label = "clinic"
    verbose_name = _("Clinic")

    def ready(self) -> None:
        from clinic_site.accounts.roles import register_rights
        from clinic_site.clinic.rights import RIGHTS

        register_rights(RIGHTS)
