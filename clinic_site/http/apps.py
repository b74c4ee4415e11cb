from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HttpConfig(AppConfig):
    name = "clinic_site.http"
    label = "http"
    verbose_name = _("Requests")

    def ready(self) -> None:
        from clinic_site.http import privacy, rate_limit
        from clinic_site.jobs import periodic
        from clinic_site.privacy.register import register_personal_data
        from clinic_site.sqlite import erasing

        periodic.register_job(
            "delete old rate limit counts", rate_limit.purge, periodic.every(hours=1)
        )
        periodic.register_job(
            "empty the write-ahead log", erasing.empty_log, periodic.every(minutes=1), True
        )
        register_personal_data(*privacy.RECORDS)
