"""Letters to write down: with the reference, the way back of a patient without an email address.

They are kept encrypted, so that a copy of the database opens nothing. (A hash of so few could be
tried through, and one made with a key would be lost with that.) They are made of the token of the
request in progress, which only the patient's own page knows, so that the same press sent twice
shows the same letters.
"""

from datetime import datetime, timedelta

from django.utils.crypto import constant_time_compare

from booking.manage_links import expiry_of, issue_link
from booking.models import Appointment, ReturnCode
from clinic_site.http.rate_limit import TooManyRequests, allow_address
from clinic_site.privacy.encryption import CannotDecrypt
from clinic_site.privacy.secret_links import hash_token

ALPHABET = "BCDFGHJKMNPQRSTVWXZ"  # no vowels, so that no word arises; nothing like a digit
LETTERS = 8  # 34 bits
LINK_LASTS = timedelta(days=1)  # the letters make another
TRIES, TRIES_PER = 20, timedelta(hours=1)


def letters_of(token: str) -> str:
    """Return the letters for the appointment that a request in progress becomes."""
    number = int(hash_token(f"booking letters {token}"), 16)
    letters = ""
    for _place in range(LETTERS):
        number, letter = divmod(number, len(ALPHABET))
        letters += ALPHABET[letter]
    return letters


def keep_letters(appointment: Appointment, letters: str) -> None:
    """Call it in the transaction that makes the appointment."""
    ReturnCode.objects.get_or_create(appointment=appointment, defaults={"letters": letters})


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
    try:
        right = constant_time_compare(code.letters if code else "", letters)
    except CannotDecrypt:
        right = False
    if code is None or not right or expiry_of(code.appointment, code.created_at) <= now:
        return None
    return issue_link(code.appointment, rotate=False, expires_at=now + LINK_LASTS)
