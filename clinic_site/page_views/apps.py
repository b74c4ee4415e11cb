from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PageViewsConfig(AppConfig):
    name = "clinic_site.page_views"
    label = "page_views"
    verbose_name = _("Page views")

    def ready(self) -> None:
        from clinic_site.accounts.roles import register_permissions
        from clinic_site.jobs import periodic
        from clinic_site.page_views import privacy
        from clinic_site.page_views.ending import forget_rare_words
        from clinic_site.page_views.permissions import PERMISSIONS
        from clinic_site.privacy.register import register_personal_data
        from clinic_site.privacy.retention import register_retention

        periodic.register_job("forget rare words", forget_rare_words, periodic.every(days=1))
        register_personal_data(*privacy.RECORDS, not_personal=privacy.NOT_PERSONAL)
        register_retention(*privacy.RETENTION)
        register_permissions(PERMISSIONS)
