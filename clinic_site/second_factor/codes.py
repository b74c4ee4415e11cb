"""The codes themselves: six digits of a key and the time, and those for when the phone is gone."""

import base64
import secrets
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote, urlencode

from django_otp.oath import TOTP

STEP = 30  # seconds
DIGITS = 6
TOLERANCE = 1  # steps before and after, for whoever types slowly
FAR = 10  # steps; a clock that is off by more is told from a wrong code no longer
KEY_BYTES = 20  # RFC 4226 asks for sixteen and recommends twenty
RECOVERY_CODES = 10
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is taken for another
RECOVERY_LENGTH = 10


@dataclass(frozen=True)
class Match:
    """The step whose code was typed, and how far the phone's clock is off, in steps."""

    step: int
    drift: int


def new_authenticator_key() -> str:
    """Return a new key in base32, as people type it and apps read it."""
    return base64.b32encode(secrets.token_bytes(KEY_BYTES)).decode()


def find_step(key: str, digits: str, now: datetime, *, drift: int, tolerance: int) -> Match | None:
    """Return which step of `key` the code `digits` belongs to, or None."""
    totp = TOTP(base64.b32decode(key), step=STEP, digits=DIGITS, drift=drift)
    totp.time = now.timestamp()
    if not totp.verify(int(digits), tolerance=tolerance):
        return None
    return Match(totp.t(), totp.drift)


def otpauth_url(key: str, *, account: str, issuer: str) -> str:
    """Return what the QR code says: Google's Key URI Format, which every such app reads."""
    label = quote(f"{issuer}:{account}" if issuer else account)
    query = {"secret": key, "issuer": issuer, "digits": str(DIGITS), "period": str(STEP)}
    return f"otpauth://totp/{label}?{urlencode(query, quote_via=quote)}"


def new_recovery_codes() -> list[str]:
    return [_recovery_code() for _number in range(RECOVERY_CODES)]


def plain(typed: str) -> str:
    """Return a code as it is compared: without spaces and dashes, in small letters."""
    return "".join(typed.split()).replace("-", "").lower()


def _recovery_code() -> str:
    letters = "".join(secrets.choice(LETTERS) for _letter in range(RECOVERY_LENGTH))
    return f"{letters[:5]}-{letters[5:]}"
