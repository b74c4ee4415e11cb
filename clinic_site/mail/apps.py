from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MailConfig(AppConfig):
    name = "clinic_site.mail"
    label = "mail"
    verbose_name = _("Mail")

    def ready(self) -> None:
        from clinic_site.jobs import periodic, queues
        from clinic_site.mail import privacy
        from clinic_site.mail.outbox import delete_old_mails
        from clinic_site.mail.sending import QUEUE, send_next_mail
        from clinic_site.privacy.register import register_personal_data

        periodic.register_job("delete old mails", delete_old_mails, periodic.every(days=1))
        queues.register_queue(QUEUE, send_next_mail)
        register_personal_data(*privacy.RECORDS)
