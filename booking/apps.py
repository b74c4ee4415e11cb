from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BookingConfig(AppConfig):
    name = "booking"
    verbose_name = _("Booking")

    def ready(self) -> None:
        from booking import schema_org  # noqa: F401 - registers what its pages tell
        from booking.actions.calendars.leaving import Calendars
        from booking.data_requests import TABLES
        from booking.email_words import calling_off, courses, requests, visits, waiting
        from booking.jobs import JOBS
        from booking.models import (
            Appointment,
            BookingRules,
            Patient,
            Practitioner,
            Service,
            ServiceAssignment,
        )
        from booking.models.search_terms import write_booking_again, write_patient_again
        from booking.permissions import ABOUT_PATIENTS, PERMISSIONS, SCREENS
        from booking.privacy import NOT_PERSONAL, RECORDS, RETENTION
        from clinic_site.access_log.middleware import register_records_of_screens
        from clinic_site.access_log.signal_handlers import record_changes_of
        from clinic_site.accounts.roles import register_permissions
        from clinic_site.jobs import periodic
        from clinic_site.mail.words.registry import register_emails
        from clinic_site.page_cache.signal_handlers import invalidate_all_on_change
        from clinic_site.privacy.register import register_personal_data
        from clinic_site.privacy.retention import register_retention
        from clinic_site.privacy.rotation import register_keyed_rows
        from clinic_site.second_factor.middleware import register_reauthentication_of_exports
        from clinic_site.staff.duties import register_duty

        register_duty(Calendars())
        register_keyed_rows(Patient, write_patient_again)
        register_keyed_rows(Appointment, write_booking_again)
        for model in (Service, Practitioner, ServiceAssignment):
            invalidate_all_on_change(model)
        record_changes_of(BookingRules)
        register_records_of_screens(SCREENS)
        for job in JOBS:
            periodic.register_job(*job)
        register_reauthentication_of_exports("appointments:index", "appointments:index_results")
        register_retention(*RETENTION)
        register_personal_data(*RECORDS, tables=TABLES, not_personal=NOT_PERSONAL)
        emails = (requests, visits, calling_off, courses, waiting)
        register_emails(_("Booking"), [email for each in emails for email in each.EMAILS])
        register_permissions(PERMISSIONS, about_patients=ABOUT_PATIENTS)
