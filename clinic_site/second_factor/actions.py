"""Setting up, using and ending somebody's second factor."""

import hmac
from contextlib import suppress
from datetime import datetime, timedelta

from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from clinic_site.access_log.events import record_access_event
from clinic_site.access_log.models import AccessLine
from clinic_site.accounts.models import User
from clinic_site.privacy.encryption import CannotDecrypt
from clinic_site.second_factor.codes import (
    DIGITS,
    FAR,
    STEP,
    TOLERANCE,
    Match,
    find_step,
    new_recovery_codes,
    plain,
)
from clinic_site.second_factor.models import (
    Authenticator,
    RecoveryCode,
    RememberedBrowser,
    SignIn,
)
from clinic_site.second_factor.notices import tell_of_reset

REMEMBERED = timedelta(days=30)
NOT_THE_CODE = _lazy("That isn’t the code. Type the six digits that the app shows now.")
DAMAGED = _lazy("We can’t check that. Use a recovery code, or ask an owner to reset your phone.")


class WrongCode(Exception):
    """The code is not taken. The first argument says why, in words for whoever typed it."""


@transaction.atomic
def set_up_authenticator(user: User, key: str, typed: str, now: datetime) -> list[str]:
    """Make `key` the user's authenticator, in place of another; return their recovery codes.

    A phone whose clock is off is taken as it is. Other browsers have to sign in anew. Raises
    WrongCode.
    """
    digits = plain(typed)
    match = _match(key, digits, now, tolerance=FAR) if _is_digits(digits) else None
    if match is None:
        raise WrongCode(str(NOT_THE_CODE))
    fields = {"key": key, "last_step": match.step, "drift": match.drift, "set_up_at": now}
    Authenticator.objects.update_or_create(user=user, defaults=fields)
    RememberedBrowser.objects.filter(user=user).delete()
    _record(user, "set up", by=user)
    return renew_recovery_codes(user)


@transaction.atomic
def renew_recovery_codes(user: User) -> list[str]:
    """Return ten new codes; those before open nothing any more."""
    codes = new_recovery_codes()
    _record(user, "recovery codes renewed", by=user)
    RecoveryCode.objects.filter(user=user).delete()
    RecoveryCode.objects.bulk_create(RecoveryCode(user=user, code=code) for code in codes)
    return codes


def take_code(user: User, typed: str, now: datetime) -> None:
    """Take a code of the authenticator or a recovery code, each once. Raises WrongCode."""
    code = plain(typed)
    if not _is_digits(code):
        _take_recovery_code(user, code)
        return
    authenticator = Authenticator.objects.get(user=user)
    try:
        match = _match(authenticator.key, code, now, drift=authenticator.drift)
    except CannotDecrypt:
        raise WrongCode(str(DAMAGED)) from None
    if match is None:
        raise WrongCode(_why_not(authenticator, code, now))
    # Of the same code twice at once, one finds the row as it was.
    unused = Authenticator.objects.filter(pk=authenticator.pk, last_step__lt=match.step)
    if not unused.update(last_step=match.step, drift=match.drift):
        raise WrongCode(_("You’ve used this code already. Wait for the next one."))


def remember(user: User, now: datetime) -> str:
    """Return the token by which a browser is known for thirty days."""
    browsers = RememberedBrowser.objects.filter(user=user)
    browsers.spent(now).delete()
    return browsers.issue(user=user, expires_at=now + REMEMBERED)


def is_remembered(user: User, token: str, now: datetime) -> bool:
    known = RememberedBrowser.objects.filter(user=user).with_token(token).usable(now)
    return bool(token) and known.exists()


@transaction.atomic
def reset_second_factor(user: User, *, by: User | None) -> None:
    """Take a lost phone out: they set up another one the next time they sign in, and are told."""
    for model in (Authenticator, RecoveryCode, RememberedBrowser):
        model._default_manager.filter(user=user).delete()
    end_sign_ins(user)
    _record(user, "reset", by=by)
    tell_of_reset(user)


def end_sign_ins(user: User, *, but: str | None = None) -> int:
    """Sign `user` out wherever they are signed in, but for the session `but`."""
    sign_ins = SignIn.objects.filter(user=user).exclude(session_id=but)
    return Session.objects.filter(pk__in=sign_ins.values("session_id")).delete()[0]


def _record(user: User, what: str, *, by: User | None) -> None:
    account = by.pk if by else None
    record_access_event(AccessLine.Kind.SECOND_FACTOR, account=account, about=user, details=what)


def _take_recovery_code(user: User, code: str) -> None:
    for kept in RecoveryCode.objects.filter(user=user):
        with suppress(CannotDecrypt):  # the others are as good as ever
            same = hmac.compare_digest(plain(kept.code).encode(), code.encode(errors="replace"))
            if same and RecoveryCode.objects.filter(pk=kept.pk).delete()[0]:
                _record(user, "recovery code used", by=user)
                return
    raise WrongCode(_("That isn’t a code we know. Type the six digits that the app shows now."))


def _why_not(authenticator: Authenticator, digits: str, now: datetime) -> str:
    far = _match(authenticator.key, digits, now, tolerance=FAR)
    if far is None:
        return str(NOT_THE_CODE)
    minutes = max(1, round(abs(far.drift) * STEP / 60))
    return _(
        "Your phone’s clock seems to be off by about %(minutes)d min. "
        "Set it to automatic, then type the next code."
    ) % {"minutes": minutes}


def _match(
    key: str, digits: str, now: datetime, *, drift: int = 0, tolerance: int = TOLERANCE
) -> Match | None:
    return find_step(key, digits, now, drift=drift, tolerance=tolerance)


def _is_digits(code: str) -> bool:
    return len(code) == DIGITS and code.isascii() and code.isdigit()


def delete_spent(now: datetime) -> None:
    """Delete what remembers no browser any more."""
    RememberedBrowser.objects.all().spent(now).delete()
