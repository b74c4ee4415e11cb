"""Who has to sign in in two steps, and whether somebody has."""

import time
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase

from clinic_site.accounts.models import User
from clinic_site.accounts.roles import sees_patients
from clinic_site.second_factor.models import Authenticator

VERIFIED = "second_factor"  # in the session of whoever has given a code
IDENTIFIED_AT = "identified_at"  # when they last said who they are, in seconds since 1970
IDENTIFIED_FOR = 15 * 60  # seconds


def must_have_second_factor(user: Any) -> bool:
    """Tell whether `user` may come in only with a code: whoever may see patients."""
    return bool(settings.REQUIRE_SECOND_FACTOR and sees_patients(user))


def authenticator_of(user: User) -> Authenticator | None:
    return Authenticator.objects.filter(user=user).first()


def note_identified(session: SessionBase) -> None:
    session[IDENTIFIED_AT] = time.time()


def is_identified(session: SessionBase) -> bool:
    """Tell whether somebody has said who they are a short while ago."""
    return bool(time.time() - session.get(IDENTIFIED_AT, 0) < IDENTIFIED_FOR)
