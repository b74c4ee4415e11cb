from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DataRequestsConfig(AppConfig):
    name = "clinic_site.data_requests"
    label = "data_requests"
    verbose_name = _("Data requests")

    def ready(self) -> None:
        from clinic_site.accounts.roles import register_permissions
        from clinic_site.data_requests import privacy
        from clinic_site.data_requests.erasing import delete_ended_searches
        from clinic_site.data_requests.permissions import ABOUT_PATIENTS, PERMISSIONS
        from clinic_site.jobs.periodic import every, register_job
        from clinic_site.page_cache.signal_handlers import invalidate_all_on_change
        from clinic_site.privacy.models import RetentionPeriod
        from clinic_site.privacy.register import register_personal_data
        from clinic_site.second_factor.middleware import register_reauthentication

        register_personal_data(*privacy.RECORDS)
        register_permissions(PERMISSIONS, about_patients=ABOUT_PATIENTS)
        register_job("forget searches for people", delete_ended_searches, every(minutes=5))
        register_reauthentication(
            "data_requests:export", "data_requests:file", "data_requests:erase"
        )
        invalidate_all_on_change(RetentionPeriod)
