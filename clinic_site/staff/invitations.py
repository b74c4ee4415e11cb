"""Inviting somebody, and the account that they make. None of it knows a request."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from clinic_site.access_log.events import record_access_event
from clinic_site.access_log.models import AccessLine
from clinic_site.accounts.models import User, casefolded
from clinic_site.privacy.secret_links import hash_token, new_token
from clinic_site.staff.account_form import create_account
from clinic_site.staff.emails import email_invitation, stop_invitation
from clinic_site.staff.models import StaffInvitation

LASTS = timedelta(days=7)
KEPT_AFTER = timedelta(days=30)  # so that an owner sees that somebody has not come


class InvitationGone(Exception):
    """It has been accepted, withdrawn, sent again, or has run out."""


class HasAccount(Exception):
    """Somebody signs in by that address already. The argument is their account."""

    def __init__(self, user: User) -> None:
        super().__init__(user.pk)
        self.user = user


class IsInvited(Exception):
    """There is an invitation to that address."""


@transaction.atomic
def invite(email: str, roles: Iterable[Group], *, by: User) -> StaffInvitation:
    """Send somebody a link of their own. Raises HasAccount or IsInvited."""
    _refuse_account(email)
    token = new_token()
    try:
        with transaction.atomic():
            invitation = StaffInvitation.objects.create(
                email=email,
                invited_by=by,
                token_hash=hash_token(token),
                expires_at=timezone.now() + LASTS,
            )
    except IntegrityError:
        raise IsInvited from None
    invitation.roles.set(roles)
    _record(invitation, by, "invited, " + ", ".join(f"+{role.name}" for role in roles))
    email_invitation(invitation, token)
    return invitation


@transaction.atomic
def send_again(number: int, *, by: User) -> StaffInvitation:
    """Send another link; the one before opens nothing any more. Raises InvitationGone."""
    invitation = _locked(Q(pk=number))
    token = new_token()
    invitation.token_hash, invitation.invited_by = hash_token(token), by
    invitation.expires_at = timezone.now() + LASTS
    invitation.save()
    _record(invitation, by, "invited again")
    email_invitation(invitation, token)
    return invitation


@transaction.atomic
def end_invitation(number: int, *, by: User) -> str:
    """Have the link open nothing any more; return whose it was. Raises InvitationGone."""
    invitation = _locked(Q(pk=number))
    _record(invitation, by, "invitation withdrawn")
    stop_invitation(invitation)
    invitation.delete()
    return invitation.email


def find_invitation(token: str, now: datetime) -> StaffInvitation | None:
    found: StaffInvitation | None = (
        StaffInvitation.objects.usable(now).with_token(token).select_related("invited_by").first()
    )
    return found


@transaction.atomic
def accept_invitation(token: str, *, name: str, password: str, now: datetime) -> User:
    """Make the account, with the roles that were chosen for it.

    Raises InvitationGone, of two at once for the second, or HasAccount.
    """
    invitation = _locked(Q(token_hash=hash_token(token), expires_at__gt=now))
    _refuse_account(invitation.email)
    user = create_account(name=name, email=invitation.email, password=password)
    user.groups.set(invitation.roles.all())
    _record(invitation, user, "invitation accepted")
    stop_invitation(invitation)
    invitation.delete()
    return user


def delete_old_invitations(now: datetime) -> None:
    StaffInvitation.objects.filter(expires_at__lt=now - KEPT_AFTER).delete()


def _locked(wanted: Q) -> StaffInvitation:
    """Return the one, which nobody else changes until the end of the transaction."""
    found: StaffInvitation | None = (
        StaffInvitation.objects.select_for_update(of=("self",)).filter(wanted).first()
    )
    if found is None:
        raise InvitationGone
    return found


def _refuse_account(email: str) -> None:
    has = Q(email__iexact=email) | Q(compared_name=casefolded(email))
    if user := User.objects.filter(has).first():
        raise HasAccount(user)


def _record(invitation: StaffInvitation, by: User, what: str) -> None:
    kind = AccessLine.Kind.ACCOUNT
    record_access_event(kind, account=by.pk, about=invitation, details=what)
