"""The personal data that booking holds."""

from django.utils.translation import gettext_lazy as _

from clinic_site.privacy.register import PersonalDataRecord

RECORDS = [
    PersonalDataRecord(
        what=_(
            "Your name, phone number, email address, access needs, preferred times and "
            "note when you request an appointment, and the name of anyone you book for"
        ),
        why=_("To find a time with you, and to know who’s coming."),
        seen_by=_(
            "Our front desk and the clinic’s owners. The practitioner you see knows who’s coming, "
            "when, and for which service."
        ),
        until=_("Until you ask us to delete it, or we no longer need it."),
    ),
    PersonalDataRecord(
        what=_("Your answers in a booking you haven’t sent yet, encrypted"),
        why=_("So you can go back without losing anything."),
        seen_by=_("Only you, at the address of the page you’re on."),
        until=_("Until you send it, or for two hours after your last step."),
    ),
    PersonalDataRecord(
        what=_(
            "A code of each private link that we have sent you, and of the letters that you have "
            "written down, and until when they work"
        ),
        why=_("To show your appointment to you and no one else. The code doesn’t reveal the link."),
        seen_by=_("No one."),
        until=_("Until it’s replaced, or a few weeks after your visit, plus a day at most."),
    ),
    PersonalDataRecord(
        what=_("That you’d like an earlier time, when, and which times we offered you"),
        why=_("To offer you a time that opens up."),
        seen_by=_("Our front desk and the clinic’s owners."),
        until=_("Thirty days after your visit, or after you leave the list."),
    ),
    PersonalDataRecord(
        what=_(
            "When our practitioners are busy, in their own private calendars: the time and "
            "at most your reference, never your name"
        ),
        why=_("So they know when they’re expected."),
        seen_by=_("The practitioner you see."),
        until=_("As long as they or their calendar keep it."),
    ),
    PersonalDataRecord(
        what=_("Which of our staff looked at or changed an appointment, and when"),
        why=_("So we can account for it. It holds a number and not your name."),
        seen_by=_("The clinic’s owners."),
        until=_("As long as we run this site."),
    ),
]
