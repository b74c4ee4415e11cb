from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccessLogConfig(AppConfig):
    name = "clinic_site.access_log"
    label = "access_log"
    verbose_name = _("Access log")

    def ready(self) -> None:
        from clinic_site.access_log import privacy, signal_handlers
        from clinic_site.access_log.permissions import PERMISSIONS, READ
        from clinic_site.access_log.sealing import seal_lines
        from clinic_site.accounts.roles import register_permissions
        from clinic_site.jobs.periodic import every, register_job
        from clinic_site.privacy.models import RetentionPeriod
        from clinic_site.privacy.register import register_personal_data
        from clinic_site.privacy.retention import register_retention

        signal_handlers.watch_accounts()
        signal_handlers.record_changes_of(RetentionPeriod)
        register_personal_data(*privacy.RECORDS, not_personal=privacy.NOT_PERSONAL)
        register_permissions(PERMISSIONS, about_patients={READ})
        register_retention(*privacy.RETENTION)
        register_job("seal the access log", seal_lines, every(minutes=1), takes_long=True)
