"""What is held of those who are invited to work here, and of those who have left."""

from django.utils.translation import gettext_lazy as _

from clinic_site.privacy.register import PersonalDataRecord

RECORDS = [
    PersonalDataRecord(
        what=_("If an owner invites you to work here: your email address and a hash of the link"),
        why=_("To send you the link by which you make your account."),
        seen_by=_("The clinic’s owners."),
        until=_("Until you make your account, or 30 days after the link has run out."),
        columns={"staff.StaffInvitation": "email token_hash"},
        readable={"staff.StaffInvitation": "email"},
        readable_because=_("It becomes the name you sign in with."),
    ),
    PersonalDataRecord(
        what=_("If you have left: when, and who took over which of your work"),
        why=_("To let an owner take it back if it was a mistake."),
        seen_by=_("The clinic’s owners."),
        until=_("Until an owner deletes your account."),
        columns={"staff.Departure": "handed_over"},
        readable={"staff.Departure": "handed_over"},
        readable_because=_("It has numbers of records alone."),
    ),
]
