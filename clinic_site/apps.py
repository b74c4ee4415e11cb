from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ClinicSiteConfig(AppConfig):
    name = "clinic_site"
    verbose_name = _("Clinic")

    def ready(self) -> None:
        from clinic_site.roles import grant_roles

        post_migrate.connect(grant_roles, sender=self)
