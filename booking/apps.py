from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BookingConfig(AppConfig):
    name = "booking"
    verbose_name = _("Booking")

    def ready(self) -> None:
        from booking import schema_org  # noqa: F401 - registers what its pages tell
        from booking.jobs import JOBS
        from booking.models import Practitioner, Service, ServiceAssignment
        from booking.privacy import RECORDS
        from booking.rights import RIGHTS
        from clinic_site.accounts.roles import register_rights
        from clinic_site.jobs import periodic
        from clinic_site.page_cache.signal_handlers import invalidate_all_on_change
        from clinic_site.privacy.register import register_personal_data

        for model in (Service, Practitioner, ServiceAssignment):
            invalidate_all_on_change(model)
        for job in JOBS:
            periodic.register_job(*job)
        register_personal_data(*RECORDS)
        register_rights(RIGHTS)
