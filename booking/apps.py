from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BookingConfig(AppConfig):
    name = "booking"
    verbose_name = _("Booking")

    def ready(self) -> None:
        # ImportResult here: models are ready only now.
        from booking.actions import answers, reminders, retention, waiting_list
        from booking.models import Practitioner, Service
        from booking.privacy import RECORDS
        from booking.rights import RIGHTS
        from clinic_site.accounts.roles import register_rights
        from clinic_site.jobs import periodic
        from clinic_site.page_cache.signal_handlers import invalidate_all_on_change
        from clinic_site.privacy.register import register_personal_data

        for model in (Service, Practitioner):
            invalidate_all_on_change(model)
        each_minute = periodic.every(minutes=1)
        periodic.register_job("expire held times", answers.expire_due_holds, each_minute)
        periodic.register_job("offer freed times", waiting_list.offer_freed_times, each_minute)
        periodic.register_job("remind patients", reminders.remind_patients, each_minute)
        periodic.register_job(
            "create calls for undelivered emails",
            reminders.create_calls_for_undelivered,
            each_minute,
        )
        periodic.register_job(
            "forget what is over", retention.forget_what_is_over, periodic.every(days=1)
        )
        register_personal_data(*RECORDS)
        register_rights(RIGHTS)
