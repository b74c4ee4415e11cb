from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WordPressConfig(AppConfig):
    name = "wordpress"
    verbose_name = _("Move in from WordPress")

    def ready(self) -> None:
        from clinic_site.privacy.register import register_personal_data
        from wordpress.privacy import NOT_PERSONAL

        register_personal_data(not_personal=NOT_PERSONAL)
