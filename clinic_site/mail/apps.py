from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MailConfig(AppConfig):
    name = "clinic_site.mail"
    label = "mail"
    verbose_name = _("Mail")

    def ready(self) -> None:
        from clinic_site.jobs import periodic, queues
        from clinic_site.mail import privacy
        from clinic_site.mail.outbox import clear_away
        from clinic_site.mail.sending import send_due_mails
        from clinic_site.privacy.register import register

        periodic.register("clear mail away", clear_away, periodic.every(days=1))
        queues.register("mail", send_due_mails)
        register(*privacy.HOLDINGS)
