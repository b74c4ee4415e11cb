"""The personal data that booking holds."""

from django.utils.translation import gettext_lazy as _

from clinic_site.privacy.register import PersonalDataRecord

RECORDS = [
    PersonalDataRecord(
        what=_(
            "Your name, phone, email, access needs, wishes and note when you ask for an "
            "appointment, and the name of whom you ask for"
        ),
        why=_("To agree on a time with you, and to know whom to expect."),
        seen_by=_(
            "Our front desk and the owners of the clinic. The practitioner you see: who comes to "
            "them, when, and what for."
        ),
        until=_("Until you ask us to delete it, or we no longer need it."),
    ),
    PersonalDataRecord(
        what=_("What you have answered of a booking that you have not sent yet, encrypted"),
        why=_("So that you can go back, and lose nothing."),
        seen_by=_("You alone, by the address of the page that you are on."),
        until=_("Until you send it, or for two hours after your last step."),
    ),
    PersonalDataRecord(
        what=_(
            "A code of each private link that we have sent you, and of the letters that you have "
            "written down, and until when they work"
        ),
        why=_("To show you your appointment, and nobody else. Nobody can read the link."),
        seen_by=_("Nobody."),
        until=_("Until it is replaced, or some weeks after your visit; a day longer at most."),
    ),
    PersonalDataRecord(
        what=_("That you would come earlier, when, and which times we have offered you"),
        why=_("To offer you a time that becomes free."),
        seen_by=_("Our front desk and the owners of the clinic."),
        until=_("Thirty days after your visit, or after you have left the list."),
    ),
    PersonalDataRecord(
        what=_(
            "When our practitioners are busy, in a private calendar of theirs: "
            "the time and at most your reference, never your name"
        ),
        why=_("So that they know when they are expected."),
        seen_by=_("The practitioner whom you see."),
        until=_("As long as they or their calendar keep it."),
    ),
    PersonalDataRecord(
        what=_("Who of our staff looked at or changed an appointment, and when"),
        why=_("To be able to answer for it. It holds a number and no name of yours."),
        seen_by=_("The owners of the clinic."),
        until=_("As long as the site runs."),
    ),
]
