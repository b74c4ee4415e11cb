"""Signing in: who guesses passwords is made to wait, and asks for no more emails than a person.

A try is counted before the password is looked at, and given back if it was right, so that of many
at once no more are evaluated than may. What is counted is a place or a browser; no name is ever
locked for everybody.
"""

import logging
import math
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.forms import UsernameField
from django.core.exceptions import ValidationError
from django.forms import CharField, PasswordInput, TextInput
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.forms.auth import LoginForm, PasswordChangeForm, PasswordResetForm

from clinic_site.accounts.known_browsers import browser_that_knows
from clinic_site.accounts.models import User
from clinic_site.http.rate_limit import (
    Limit,
    allow_contact,
    client_address,
    network_of,
    refund,
    take,
)

logger = logging.getLogger(__name__)

WRONG, WRONG_PER = 8, timedelta(minutes=15)  # for one name, from one place or known browser
WRONG_FROM_ONE_PLACE, PLACE_PER = 30, timedelta(hours=1)  # for whatever names
EMAILS, EMAILS_FROM_ONE_PLACE, EMAILS_PER = 3, 10, timedelta(hours=1)


def limits_of(request: HttpRequest, name: str) -> list[Limit]:
    """Return what a wrong password counts towards: the account, by whichever of its names."""
    with suppress(User.DoesNotExist):
        name = User.objects.get_by_natural_key(name).get_username()
    name = name.casefold()
    if browser := browser_that_knows(request.COOKIES, name):
        return [Limit("sign in, known browser", f"{browser} {name}", WRONG, WRONG_PER)]
    place = network_of(client_address(request.META))
    return [
        Limit("sign in, place", place, WRONG_FROM_ONE_PLACE, PLACE_PER),
        Limit("sign in", f"{place} {name}", WRONG, WRONG_PER),
    ]


class WaitMixin:
    """A form that is refused for a while; `retry_after` says for how many seconds, if it is."""

    retry_after: int | None = None

    def take_or_wait(self, limits: Sequence[Limit], now: datetime) -> None:
        """Count one more. Raises ValidationError, which says when to come back."""
        if free := take(limits, now):
            self.retry_after = max(1, math.ceil((free - now).total_seconds()))
            minutes = math.ceil(self.retry_after / 60)
            raise ValidationError(
                ngettext(
                    "Too many tries. Please wait a minute and try again.",
                    "Too many tries. Please wait %(minutes)d minutes and try again.",
                    minutes,
                )
                % {"minutes": minutes},
                code="wait",
            )


class RateLimitedLoginForm(WaitMixin, LoginForm):
    # Names of the staff are no words of a language, and what a phone makes of them is not theirs.
    username = UsernameField(
        label=_("Email or username"),
        max_length=254,
        widget=TextInput(
            attrs={"autocapitalize": "none", "autocomplete": "username", "spellcheck": "false"}
        ),
    )
    password = CharField(
        strip=False,
        widget=PasswordInput(
            attrs={
                "autocapitalize": "none",
                "autocomplete": "current-password",
                "spellcheck": "false",
            }
        ),
    )
    error_messages = LoginForm.error_messages | {
        "invalid_login": _("That email or username and password don’t match. Please try again."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].widget.attrs.pop("placeholder")  # the label says it

    def clean(self) -> dict[str, Any]:
        name = self.cleaned_data.get("username")
        if not name or not self.cleaned_data.get("password"):
            return self.cleaned_data  # nothing to try
        now = timezone.now()
        limits = limits_of(self.request, name)
        self.take_or_wait(limits, now)
        try:
            cleaned: dict[str, Any] = super().clean()
        except ValidationError:
            logger.warning("a sign-in failed")
            raise
        refund(limits, now)
        return cleaned


class RateLimitedPasswordChangeForm(WaitMixin, PasswordChangeForm):
    """Who finds a screen that somebody left guesses no more than who signs in.

    The session counts, and not the account: its owner is locked out nowhere else by that.
    """

    session_key: str  # set by the view

    def clean_old_password(self) -> str:
        now = timezone.now()
        limits = [Limit("own password", self.session_key, WRONG, WRONG_PER)]
        self.take_or_wait(limits, now)
        password: str = super().clean_old_password()
        refund(limits, now)
        return password


class RateLimitedPasswordResetForm(WaitMixin, PasswordResetForm):
    request: HttpRequest  # set by the view

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if "email" in cleaned:
            place = network_of(client_address(self.request.META))
            limit = Limit("new password, place", place, EMAILS_FROM_ONE_PLACE, EMAILS_PER)
            self.take_or_wait([limit], timezone.now())
        return cleaned

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Send the email, or after some of them nothing; the page says the same either way."""
        email = self.cleaned_data["email"]
        if allow_contact("new password", email, limit=EMAILS, per=EMAILS_PER, now=timezone.now()):
            super().save(*args, **kwargs)
