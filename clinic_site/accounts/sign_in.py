"""Signing in: who guesses passwords is made to wait, and asks for no more letters than a person."""

import logging
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.auth import LoginForm, PasswordResetForm

from clinic_site.http.rate_limit import allow_contact, client_address, is_limit_reached

logger = logging.getLogger(__name__)

WRONG_FROM_ONE_PLACE = 8  # for one name; somebody else's guessing locks nobody out
WRONG_FOR_ONE_NAME = 100  # from wherever
PER = timedelta(minutes=15)
TOO_MANY = _("Too many wrong passwords. Please wait a quarter of an hour, or ask for a new one.")
LETTERS, LETTERS_PER = 3, timedelta(hours=1)


class RateLimitedLoginForm(LoginForm):
    def clean(self) -> dict[str, Any]:
        now = timezone.now()
        name = str(self.data.get("username", ""))[:254]
        counts = {
            f"{name} {client_address(self.request.META)}": WRONG_FROM_ONE_PLACE,
            name: WRONG_FOR_ONE_NAME,
        }
        if any(
            is_limit_reached("sign in", whom, limit=limit, per=PER, now=now)
            for whom, limit in counts.items()
        ):
            raise ValidationError(TOO_MANY)
        try:
            cleaned: dict[str, Any] = super().clean()
        except ValidationError:
            logger.warning("a sign-in failed")
            for whom, limit in counts.items():
                allow_contact("sign in", whom, limit=limit, per=PER, now=now)
            raise
        return cleaned


class RateLimitedPasswordResetForm(PasswordResetForm):
    def save(self, *args: Any, **kwargs: Any) -> None:
        """Send the letter, or after some of them nothing; the page says the same either way."""
        email = self.cleaned_data["email"]
        if allow_contact("new password", email, limit=LETTERS, per=LETTERS_PER, now=timezone.now()):
            super().save(*args, **kwargs)
