"""The personal data that the outbox holds."""

from django.utils.translation import gettext_lazy as _

from clinic_site.mail.outbox import end_failed_emails, end_sent_emails
from clinic_site.privacy.register import PersonalDataRecord
from clinic_site.privacy.retention import RetentionRule, kept_in_words

RECORDS = [
    PersonalDataRecord(
        what=_("Emails this site sends you, and your email address, all of it encrypted"),
        why=_("To send them, and to try again if a mail server doesn’t answer."),
        seen_by=_("The person they go to."),
        until=kept_in_words(
            _(
                "Until they’re sent, or for three days if a mail server doesn’t take them. We "
                "keep a note that one was sent, with its subject, for %(sent)s, or %(failed)s if "
                "it never arrived."
            ),
            sent="mail.sent",
            failed="mail.failed",
        ),
        columns={
            "mail.OutgoingEmail": (
                "to reply_to subject text html headers attachments subject_ref message_id "
                "last_error"
            )
        },
        readable={"mail.OutgoingEmail": "subject_ref message_id last_error"},
        readable_because=_("They’re numbers, and the kind of an error."),
    ),
]
RETENTION = [
    RetentionRule(
        key="mail.sent",
        what=_("The note that an email was sent: its subject, not its text or address"),
        days=30,
        reason=_("To answer “I never got it”, and no longer than that (CCPA § 1798.100(c))."),
        end=end_sent_emails,
    ),
    RetentionRule(
        key="mail.failed",
        what=_("The note that an email never arrived"),
        days=90,
        reason=_("To find out why mail doesn’t arrive (CCPA § 1798.100(c))."),
        end=end_failed_emails,
    ),
]
NOT_PERSONAL = {"mail.EmailWords": "email language part words"}
