"""What people type: made uniform, and kept free of characters nobody can see or type.

Characters that only ever hide something (directional overrides, zero-width spaces,
soft hyphens) are dropped: the words stay as they look. Joiners and directional marks
stay, since Persian, Hindi, Hebrew and emoji are written with them. Control characters
and lone surrogates cannot be typed at all and are refused.
"""

import unicodedata

INVISIBLE = dict.fromkeys(
    [
        0x00AD,  # soft hyphen
        0x180E,  # Mongolian vowel separator
        0x200B,  # zero-width space
        *range(0x202A, 0x202F),  # directional embeddings and overrides
        *range(0x2060, 0x2070),  # word joiner, invisible operators, isolates
        0xFEFF,  # byte order mark
        *range(0xFFF9, 0xFFFC),  # interlinear annotation
        *range(0xE0000, 0xE0080),  # tags
    ]
)

REFUSED_CATEGORIES = {"Cc", "Cs"}  # control characters, surrogates
LINE_ENDS = dict.fromkeys((0x0D, 0x2028, 0x2029), "\n")
BLANK_LETTERS = "\u115f\u1160\u3164\uffa0\u2800"  # Hangul fillers, a Braille cell without dots
WITHOUT_INK = {"Cc", "Cf", "Cs", "Mc", "Me", "Mn", "Zl", "Zp", "Zs"}
ALLOWED_CONTROLS = {"\n", "\t"}


def normalise(text: str) -> str:
    """Return `text` in NFC, with Unix line ends and without invisible characters.

    Take care that `text` is not long: composing a run of n marks takes n² steps.
    """
    text = text.replace("\r\n", "\n").translate(LINE_ENDS | INVISIBLE)
    return unicodedata.normalize("NFC", text).strip()


def is_blank(text: str) -> bool:
    """Tell whether `text` leaves no ink: nothing, or joiners, marks and blank letters alone."""
    return all(
        unicodedata.category(character) in WITHOUT_INK or character in BLANK_LETTERS
        for character in text
    )


def has_unprintable(text: str) -> bool:
    """Tell whether `text` holds a character that no keyboard can have meant."""
    return any(
        (unicodedata.category(character) in REFUSED_CATEGORIES or _is_noncharacter(character))
        and character not in ALLOWED_CONTROLS
        for character in text
    )


def _is_noncharacter(character: str) -> bool:
    """Tell what Unicode will never assign. Other gaps are the emoji of coming years."""
    code = ord(character)
    return 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE
