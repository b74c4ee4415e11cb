"""Letters to write down: with the reference, the way back of a patient without an email address.

What is kept of them is a keyed hash, so that a copy of the database opens nothing: eight letters
alone could be tried through. They are made of the token of the request in progress, which only the
patient's own page knows, so that the same press sent twice shows the same letters.
"""

from datetime import datetime, timedelta

from django.utils.crypto import constant_time_compare, salted_hmac

from booking.manage_links import expiry_of, issue_link
from booking.models import Appointment, ReturnCode
from clinic_site.http.rate_limit import TooManyRequests, allow_address
from clinic_site.privacy.encryption import blind_index, blind_indexes

ALPHABET = "BCDFGHJKMNPQRSTVWXZ"  # no vowels, so that no word arises; nothing like a digit
LETTERS = 8  # 34 bits
LINK_LASTS = timedelta(days=1)  # the letters make another
TRIES, TRIES_PER = 20, timedelta(hours=1)


def letters_of(token: str) -> str:
    """Return the letters for the appointment that a request in progress becomes."""
    number = int(salted_hmac("booking letters", token, algorithm="sha256").hexdigest(), 16)
    letters = ""
    for _place in range(LETTERS):
        number, letter = divmod(number, len(ALPHABET))
        letters += ALPHABET[letter]
    return letters


def keep_letters(appointment: Appointment, letters: str) -> None:
    """Call it in the transaction that makes the appointment."""
    code_hash = blind_index(_secret(appointment.reference, letters))
    ReturnCode.objects.get_or_create(appointment=appointment, defaults={"code_hash": code_hash})


def open_by_letters(
    reference: str, letters: str, *, network_address: str, now: datetime
) -> str | None:
    """Return the token of a new private link; None if the letters do not go with the reference.

    Raises TooManyRequests after so many tries from one network. Nobody else's tries keep a patient
    out.
    """
    if not allow_address("booking letters", network_address, limit=TRIES, per=TRIES_PER, now=now):
        raise TooManyRequests
    found = ReturnCode.objects.filter(appointment__reference=reference)
    code = found.select_related("appointment").first()
    stored = code.code_hash if code else ""
    # The same work for a reference that is not there.
    tried = blind_indexes(_secret(reference, letters))
    right = any(constant_time_compare(stored, index) for index in tried)
    if code is None or not right or expiry_of(code.appointment, code.created_at) <= now:
        return None
    return issue_link(code.appointment, rotate=False, expires_at=now + LINK_LASTS)


def _secret(reference: str, letters: str) -> str:
    return f"booking letters {reference} {letters}"
