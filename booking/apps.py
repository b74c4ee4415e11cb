from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from clinic_site.privacy.register import Holding, register


class BookingConfig(AppConfig):
    name = "booking"
    verbose_name = _("Booking")

    def ready(self) -> None:
        # Imported here: models are ready only now.
        from booking.actions import answers, reminders, retention, waiting_list
        from booking.models import Practitioner, Service
        from booking.rights import RIGHTS
        from clinic_site.accounts.roles import register_rights
        from clinic_site.jobs import periodic
        from clinic_site.page_cache.signal_handlers import shown_everywhere

        for model in (Service, Practitioner):
            shown_everywhere(model)
        each_minute = periodic.every(minutes=1)
        periodic.register("expire held times", answers.expire_due_holds, each_minute)
        periodic.register("offer freed times", waiting_list.offer_freed_times, each_minute)
        periodic.register("remind patients", reminders.remind_patients, each_minute)
        periodic.register("ring for lost letters", reminders.ring_for_lost_letters, each_minute)
        periodic.register(
            "forget what is over", retention.forget_what_is_over, periodic.every(days=1)
        )
        register(
            Holding(
                what=_(
                    "Your name, phone, email, access needs, wishes and note when you ask for an "
                    "appointment, and the name of whom you ask for"
                ),
                why=_("To agree on a time with you, and to know whom to expect."),
                seen_by=_("Our front desk and the owners of the clinic."),
                until=_("Until you ask us to delete it, or we no longer need it."),
            ),
            Holding(
                what=_(
                    "A code of each private link that we have sent you, and until when it works"
                ),
                why=_("To show you your appointment, and nobody else. Nobody can read the link."),
                seen_by=_("Nobody."),
                until=_(
                    "Until it is replaced, or some weeks after your visit; a day longer at most."
                ),
            ),
            Holding(
                what=_("That you would come earlier, when, and which times we have offered you"),
                why=_("To offer you a time that becomes free."),
                seen_by=_("Our front desk and the owners of the clinic."),
                until=_("Thirty days after your visit, or after you have left the list."),
            ),
            Holding(
                what=_(
                    "When our practitioners are busy, in a private calendar of theirs: "
                    "the time and at most your reference, never your name"
                ),
                why=_("So that they know when they are expected."),
                seen_by=_("The practitioner whom you see."),
                until=_("As long as they or their calendar keep it."),
            ),
            Holding(
                what=_("Who of our staff looked at or changed an appointment, and when"),
                why=_("To be able to answer for it. It holds a number and no name of yours."),
                seen_by=_("The owners of the clinic."),
                until=_("As long as the site runs."),
            ),
        )
        register_rights(RIGHTS)
