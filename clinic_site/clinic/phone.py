"""Phone numbers as people write them, by Google's libphonenumber."""

import phonenumbers
from phonenumbers import PhoneNumberFormat

HOME_REGION = "US"


def normalize_phone(text: str, region: str = HOME_REGION) -> str:
    """Return `text` as E.164, with `;ext=` for an extension.

    Raises ValueError for what cannot be a phone number.
    """
    number = _parse(text, region)
    if not phonenumbers.is_possible_number(number):
        raise ValueError(text)
    plain = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    return f"{plain};ext={number.extension}" if number.extension else plain


def uri(text: str, region: str = HOME_REGION) -> str:
    """Return a `tel:` link (RFC 3966) for a number that `normalize_phone` accepts."""
    return phonenumbers.format_number(_parse(text, region), PhoneNumberFormat.RFC3966)


def readable(text: str, region: str = HOME_REGION) -> str:
    """Return a number as it is written at home, or abroad with its country code."""
    number = _parse(text, region)
    at_home = phonenumbers.region_code_for_number(number) == region
    style = PhoneNumberFormat.NATIONAL if at_home else PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, style)


def _parse(text: str, region: str) -> phonenumbers.PhoneNumber:
    try:
        return phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException as error:
        raise ValueError(text) from error
