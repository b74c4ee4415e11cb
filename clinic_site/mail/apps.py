from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MailConfig(AppConfig):
    name = "clinic_site.mail"
    label = "mail"
    verbose_name = _("Mail")

    def ready(self) -> None:
        from clinic_site.access_log.signal_handlers import record_changes_of
        from clinic_site.accounts.roles import register_permissions
        from clinic_site.jobs import queues
        from clinic_site.mail import privacy
        from clinic_site.mail.data_requests import TABLES
        from clinic_site.mail.models import EmailWords
        from clinic_site.mail.permissions import PERMISSIONS
        from clinic_site.mail.sending import QUEUE, send_next_email
        from clinic_site.mail.words.parts import EVERY_EMAIL
        from clinic_site.mail.words.registry import register_emails
        from clinic_site.privacy.register import register_personal_data
        from clinic_site.privacy.retention import register_retention

        register_retention(*privacy.RETENTION)
        queues.register_queue(QUEUE, send_next_email)
        register_personal_data(*privacy.RECORDS, tables=TABLES, not_personal=privacy.NOT_PERSONAL)
        register_permissions(PERMISSIONS)
        record_changes_of(EmailWords)
        register_emails(_("All emails"), [EVERY_EMAIL])
