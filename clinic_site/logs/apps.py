from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LogsConfig(AppConfig):
    name = "clinic_site.logs"
    label = "logs"
    verbose_name = _("Log")

    def ready(self) -> None:
        from clinic_site.logs import request_id

        request_id.name_each_request()
