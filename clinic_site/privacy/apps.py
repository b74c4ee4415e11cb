from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PrivacyConfig(AppConfig):
    name = "clinic_site.privacy"
    label = "privacy"
    verbose_name = _("Privacy")

    def ready(self) -> None:
        from clinic_site.jobs import periodic
        from clinic_site.sqlite import wal

        periodic.register_job(
            "empty the write-ahead log", wal.checkpoint_wal, periodic.every(minutes=1), True
        )
