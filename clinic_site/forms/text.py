"""What people type: made uniform, and kept free of characters nobody can see or type.

Characters that only ever hide something (directional overrides, zero-width spaces,
soft hyphens) are dropped: the words stay as they look. Joiners and directional marks
stay, since Persian, Hindi, Hebrew and emoji are written with them. Control characters
and lone surrogates cannot be typed at all and are refused.
"""

import unicodedata

from clinic_site.forms.invisible import CONTROLS, without_hiding

LINE_ENDS = dict.fromkeys((0x0D, 0x2028, 0x2029), "\n")
ALLOWED_CONTROLS = {"\n", "\t"}


def normalize_text(text: str) -> str:
    """Return `text` in NFC, with Unix line ends and without invisible characters.

    Take care that `text` is not long: composing a run of n marks takes n² steps.
    """
    text = without_hiding(text.replace("\r\n", "\n").translate(LINE_ENDS))
    return unicodedata.normalize("NFC", text).strip()


def has_unprintable(text: str) -> bool:
    """Tell whether `text` holds a character that no keyboard can have meant."""
    return any(
        (unicodedata.category(character) in CONTROLS or _is_noncharacter(character))
        and character not in ALLOWED_CONTROLS
        for character in text
    )


def _is_noncharacter(character: str) -> bool:
    """Tell what Unicode will never assign. Other gaps are the emoji of coming years."""
    code = ord(character)
    return 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE
