"""Phone numbers as people write them, by Google's libphonenumber.

What is taken can be called: libphonenumber knows which area codes and lengths each country
has. (555-01xx, which films and this project's examples use, are numbers to it.)
"""

import re
import unicodedata
from collections.abc import Callable

import phonenumbers
from phonenumbers import PhoneNumber, PhoneNumberFormat, PhoneNumberType, ValidationResult

NORTH_AMERICA, MEXICO = 1, 52  # country codes

OTHER_SEPARATORS = dict.fromkeys(map(ord, "·•_|"), "-")
LABEL = re.compile(r"^[^\d+(]+")  # "tel:", "Phone "
INTERNATIONAL_00 = re.compile(r"^[\s(]*\+?[\s(]*00(?=[\s\d().-])")
# A note in brackets has letters; an extension has too.
NOTE_IN_BRACKETS = re.compile(
    r"[(\[{](?!\s*(?:ext(?:ension)?|x)\W*\d)[^()\[\]{}]*[^\W\d_][^()\[\]{}]*[)\]}]", re.I
)
NOTE_AT_THE_END = re.compile(r"[\s,;/(\[–—-]+[^\d#]*[^\W\d_][^\d#]*$")


def _united_states() -> str:
    return "US"


_home_region: Callable[[], str] = _united_states


def register_home_region(read: Callable[[], str]) -> None:
    """Say how the country of the clinic is known, of which a number is that names none."""
    global _home_region
    _home_region = read


class AreaCodeMissing(ValueError):
    """A number that can be called only from within its area.

    `completed` is the number with the area code of the clinic's own, or empty.
    """

    def __init__(self, text: str, completed: str) -> None:
        super().__init__(text)
        self.completed = completed


def normalize_phone(text: str, region: str = "", *, near: str = "") -> str:
    """Return `text` as E.164, with `;ext=` for an extension.

    A number without its country is one of `region` (of the clinic's own if none is given), or of
    the country of the number `near`.

    Raises AreaCodeMissing, a ValueError, for a number without its area code, and ValueError for
    what cannot be called: lengths and area codes that no country has, one digit over and over,
    and numbers at the caller's cost.
    """
    region = region or _home_region()
    home = _parse(near, region) if near else None
    home_region = phonenumbers.region_code_for_number(home) if home else None
    number = _parse(text, home_region or region)
    if _lacks_area_code(number):
        raise AreaCodeMissing(text, _completed(number, home) if home else "")
    if not _can_be_called(number):
        raise ValueError(text)
    plain = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    return f"{plain};ext={number.extension}" if number.extension else plain


def without_extension(number: str) -> str:
    """Return an E.164 number as it is dialed: whoever shares it can be reached by it."""
    return number.partition(";")[0]


def uri(text: str, region: str = "") -> str:
    """Return a `tel:` link (RFC 3966) for a number that `normalize_phone` accepts; or nothing."""
    try:
        number = _parse(text, region or _home_region())
    except ValueError:
        return ""
    return phonenumbers.format_number(number, PhoneNumberFormat.RFC3966)


def readable(text: str, region: str = "") -> str:
    """Return a number as it is written at home, or abroad with its country code.

    What is none, as what says that it can’t be read, stays as it is.
    """
    region = region or _home_region()
    try:
        number = _parse(text, region)
    except ValueError:
        return text
    at_home = phonenumbers.region_code_for_number(number) == region
    style = PhoneNumberFormat.NATIONAL if at_home else PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, style)


def region_of(text: str, region: str = "") -> str:
    """Return the country of a number, or nothing if it is none."""
    try:
        number = _parse(text, region or _home_region())
    except ValueError:
        return ""
    return phonenumbers.region_code_for_number(number) or ""


def example(region: str = "") -> str:
    """Return a number as people write it there."""
    region = region or _home_region()
    if region in phonenumbers.COUNTRY_CODE_TO_REGION_CODE[NORTH_AMERICA]:
        return "805-555-0123"
    number = phonenumbers.example_number(region)
    return phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL) if number else ""


def _parse(text: str, region: str) -> PhoneNumber:
    """Read a number, without the note that may stand after it if it is one without."""
    text = _as_written_in_digits(text)
    without_note = NOTE_AT_THE_END.sub("", text)
    if without_note != text:
        try:
            number = _parse_digits(without_note, region)
        except ValueError:
            pass
        else:
            if _can_be_called(number) or _lacks_area_code(number):
                return number
    return _parse_digits(text, region)


def _as_written_in_digits(text: str) -> str:
    """Return `text` in plain characters, from its first digit on, without notes in brackets."""
    text = unicodedata.normalize("NFKC", text).translate(OTHER_SEPARATORS)
    text = "".join(sign for sign in text if unicodedata.category(sign) != "Cf")
    text = NOTE_IN_BRACKETS.sub(" ", text)
    return INTERNATIONAL_00.sub("+", LABEL.sub("", text)).strip()


def _parse_digits(text: str, region: str) -> PhoneNumber:
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException as error:
        raise ValueError(text) from error
    national = phonenumbers.national_significant_number(number)
    if number.country_code == MEXICO and len(national) == 11 and national.startswith("1"):
        number.national_number = int(national[1:])  # as mobiles were dialed until 2019
    return number


def _lacks_area_code(number: PhoneNumber) -> bool:
    possible = phonenumbers.is_possible_number_with_reason(number)
    return possible == ValidationResult.IS_POSSIBLE_LOCAL_ONLY


def _can_be_called(number: PhoneNumber) -> bool:
    digits = phonenumbers.national_significant_number(number)
    at_the_callers_cost = phonenumbers.number_type(number) == PhoneNumberType.PREMIUM_RATE
    return phonenumbers.is_valid_number(number) and len(set(digits)) > 1 and not at_the_callers_cost


def _completed(number: PhoneNumber, home: PhoneNumber) -> str:
    """Return `number` with the area code of `home`, as people write it; empty if that is none."""
    length = phonenumbers.length_of_geographical_area_code(home)
    if not length or number.country_code != home.country_code:
        return ""
    area_code = phonenumbers.national_significant_number(home)[:length]
    digits = f"{area_code}{phonenumbers.national_significant_number(number)}"
    whole = PhoneNumber(
        country_code=home.country_code, national_number=int(digits), extension=number.extension
    )
    if not _can_be_called(whole):
        return ""
    if whole.country_code != NORTH_AMERICA:
        return phonenumbers.format_number(whole, PhoneNumberFormat.INTERNATIONAL)
    national = phonenumbers.format_number(whole, PhoneNumberFormat.NATIONAL)
    return national.replace("(", "").replace(") ", "-")
