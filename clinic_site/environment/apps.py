from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EnvironmentConfig(AppConfig):
    name = "clinic_site.environment"
    label = "environment"
    verbose_name = _("Settings of the machine")

    def ready(self) -> None:
        from django.core.checks import register

        from clinic_site.environment.unknown import check_names

        register(check_names)
