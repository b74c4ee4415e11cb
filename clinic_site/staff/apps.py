from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StaffConfig(AppConfig):
    name = "clinic_site.staff"
    label = "staff"
    verbose_name = _("Staff")

    def ready(self) -> None:
        from clinic_site.jobs.periodic import every, register_job
        from clinic_site.mail.words.registry import register_emails
        from clinic_site.privacy.register import register_personal_data
        from clinic_site.second_factor.middleware import register_reauthentication
        from clinic_site.staff import privacy
        from clinic_site.staff.data_requests import TABLES
        from clinic_site.staff.emails import EMAILS
        from clinic_site.staff.invitations import delete_old_invitations

        register_personal_data(*privacy.RECORDS, tables=TABLES)
        register_emails(_("Staff"), EMAILS)
        register_job("delete old invitations", delete_old_invitations, every(days=1))
        register_reauthentication("staff:invite", "staff:again", "staff:leaving", "staff:take_back")
