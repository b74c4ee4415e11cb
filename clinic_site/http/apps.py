from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HttpConfig(AppConfig):
    name = "clinic_site.http"
    label = "http"
    verbose_name = _("Requests")

    def ready(self) -> None:
        from clinic_site.http import privacy, rate_limit, sent_once
        from clinic_site.jobs import periodic
        from clinic_site.privacy.register import register_personal_data

        periodic.register_job(
            "delete old rate limit counts", rate_limit.purge, periodic.every(hours=1)
        )
        periodic.register_job(
            "delete old sent forms", sent_once.delete_old_forms, periodic.every(hours=1)
        )
        register_personal_data(*privacy.RECORDS, not_personal=privacy.NOT_PERSONAL)
