"""The email that invites somebody. Call it inside the transaction it tells of."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from clinic_site.mail.models import OutgoingEmail
from clinic_site.mail.outbox import cancel_emails, queue_email
from clinic_site.mail.words.parts import CLINIC, above_link, bold, heading_line, signature, subject
from clinic_site.mail.words.registry import Chip, EditableEmail, EmailPart
from clinic_site.staff.models import StaffInvitation


def _sample() -> dict[str, Any]:
    return {
        "who": "Olive Owens",
        "email": "casey@clinic.example",
        "until": timezone.now() + timedelta(days=7),
        "button_url": f"{settings.BASE_URL}/",
        "button_label": gettext("Make your account"),
    }


def _until(email: Any) -> str:
    moment: datetime = email["until"]
    return date_format(timezone.localtime(moment), "l, F j, g:i a")


INVITATION = EditableEmail(
    key="staff/invitation",
    title=_("Invitation to work on the site"),
    sent=_("To someone an owner gives an account, with a link that works once."),
    parts=(
        subject(_("Your account for {clinic}")),
        heading_line(_("Make your account")),
        EmailPart(
            "opening",
            _("Opening"),
            _("{who} has invited you to work on the website of {clinic}."),
            required=True,
        ),
        EmailPart(
            "how",
            _("How it works"),
            _(
                "Open the link, enter your name and choose a password. You’ll sign in with this "
                "email address. The link works once, until {until}."
            ),
            needs=("until",),
            required=True,
        ),
        EmailPart(
            "unexpected",
            _("If they didn’t expect it"),
            _("If you didn’t expect this, you can ignore it. Nothing happens until you open it."),
        ),
        above_link(_("Make your account:")),
        signature(),
    ),
    chips=(
        Chip("who", _("who invites"), lambda email: email["who"], absent=_("An owner")),
        Chip("email", _("their email address"), lambda email: email["email"]),
        Chip("until", _("how long the link works"), _until, html=bold),
        CLINIC,
    ),
    samples={_("an invitation"): _sample},
)
EMAILS = [INVITATION]


def email_invitation(invitation: StaffInvitation, token: str) -> None:
    """Send the link, in place of one that has not left yet and opens nothing any more."""
    stop_invitation(invitation)
    by = invitation.invited_by
    queue_email(
        to=invitation.email,
        template="staff/emails/invitation",
        subject_ref=_reference(invitation),
        context={
            "who": by.display_name if by else "",
            "email": invitation.email,
            "until": invitation.expires_at,
            "button_url": settings.BASE_URL + reverse("staff_invitation", args=[token]),
            "button_label": gettext("Make your account"),
        },
    )


def stop_invitation(invitation: StaffInvitation) -> None:
    """Have the email not leave, if it has not yet."""
    emails = OutgoingEmail.objects.filter(subject_ref=_reference(invitation))
    cancel_emails(emails.values_list("pk", flat=True))


def _reference(invitation: StaffInvitation) -> str:
    return f"{StaffInvitation._meta.label_lower}:{invitation.pk}"
