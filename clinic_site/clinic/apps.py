from django.apps import AppConfig
from django.db.models.signals import post_save
from django.utils.translation import gettext_lazy as _


class ClinicConfig(AppConfig):
    name = "clinic_site.clinic"
    label = "clinic"
    verbose_name = _("Clinic")

    def ready(self) -> None:
        from clinic_site.access_log.signal_handlers import record_changes_of
        from clinic_site.accounts.roles import register_permissions
        from clinic_site.clinic import privacy
        from clinic_site.clinic.data_requests import TABLES
        from clinic_site.clinic.models.details import ClinicDetails
        from clinic_site.clinic.models.locations import Location
        from clinic_site.clinic.permissions import PERMISSIONS
        from clinic_site.clinic.phone import register_home_region
        from clinic_site.clinic.region.home import home_region, note_home
        from clinic_site.privacy.register import register_personal_data

        for model in (ClinicDetails, Location):
            post_save.connect(note_home, sender=model)
        register_home_region(home_region)
        for model in (ClinicDetails, Location):
            record_changes_of(model)
        register_personal_data(*privacy.RECORDS, tables=TABLES, not_personal=privacy.NOT_PERSONAL)
        register_permissions(PERMISSIONS)
