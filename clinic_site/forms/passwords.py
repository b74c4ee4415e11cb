"""Passwords that whoever knows the clinic would try first."""

import re
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from clinic_site.accounts.roles import Role
from clinic_site.clinic.current import read_clinic

LEAST_BESIDES = 8  # letters and digits that say something else
# What anybody guesses of a clinic; its own name, address and roles come to these.
GUESSED = ("clinic", "doctor", "patient", "appointment", "booking", "health", "welcome", "password")


class ClinicWordsValidator:
    """Refuses a password that is the clinic's name, host, roles or trade and little else."""

    def validate(self, password: str, user: Any = None) -> None:
        rest = _letters(password)
        if rest.strip("0123456789") in _common().passwords:
            raise ValidationError(
                _("That’s a common password with something added. Please use several words."),
                code="common_words",
            )
        for word in sorted(context_words(), key=len, reverse=True):
            rest = rest.replace(word, "")
        if len(rest) < LEAST_BESIDES:
            raise ValidationError(
                _("That’s too easy to guess for someone who knows the clinic. Please add words."),
                code="clinic_words",
            )

    def get_help_text(self) -> str:
        return _("Please don’t use the clinic’s name or what we do here.")


def context_words() -> set[str]:
    """Return the words that count for nothing in a password, in small letters."""
    told = f"{read_clinic().name} {urlsplit(settings.BASE_URL).hostname} {' '.join(Role)}"
    own = {_letters(word) for word in re.split(r"[\s.]+", told)}
    return {word for word in own if len(word) > 3} | {*GUESSED}


@cache
def _common() -> CommonPasswordValidator:
    """Django's 20,000 of breaches: most are too short here, until somebody adds a year to one."""
    return CommonPasswordValidator()


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))
