from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BackupsConfig(AppConfig):
    name = "clinic_site.backups"
    label = "backups"
    verbose_name = _("Backups")

    def ready(self) -> None:
        from clinic_site.backups.folder import back_up_if_due
        from clinic_site.jobs.periodic import every, register_job

        register_job("back up if it is time", back_up_if_due, every(minutes=15), takes_long=True)
