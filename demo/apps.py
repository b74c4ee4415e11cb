from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DemoConfig(AppConfig):
    name = "demo"
    verbose_name = _("Demo clinic")

    def ready(self) -> None:
        from clinic_site.privacy.register import register_personal_data
        from clinic_site.second_factor.middleware import register_reauthentication

        register_reauthentication("remove_demo")
        # What the clinic's own records said before the demo came, and nobody's data.
        register_personal_data(not_personal={"demo.DemoRow": "model digest before"})
