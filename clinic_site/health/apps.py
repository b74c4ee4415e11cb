from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HealthConfig(AppConfig):
    name = "clinic_site.health"
    label = "health"
    verbose_name = _("Health")

    def ready(self) -> None:
        from clinic_site.accounts.roles import register_permissions
        from clinic_site.health.alarms import tell_of_problems
        from clinic_site.health.permissions import PERMISSIONS
        from clinic_site.jobs.periodic import every, register_job
        from clinic_site.privacy.register import register_personal_data

        register_permissions(PERMISSIONS)
        register_personal_data(not_personal={"health.Alarm": "problem"})
        register_job("look for problems", tell_of_problems, every(minutes=5), takes_long=True)
