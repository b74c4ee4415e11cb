"""Characters that nobody sees, as Unicode has them: dropped from what is typed, or read past."""

import re
import unicodedata

# They only ever hide something, and no language needs them: what people type is freed of them.
HIDING = dict.fromkeys(
    [
        0x00AD,  # soft hyphen
        0x180E,  # Mongolian vowel separator
        0x200B,  # zero-width space
        *range(0x202A, 0x202F),  # directional embeddings and overrides
        *range(0x2060, 0x2070),  # word joiner, invisible operators, isolates
        0xFEFF,  # byte order mark
        *range(0xFFF9, 0xFFFC),  # interlinear annotation
    ]
)
# Tags hide something as well, but for the flags of parts of countries (England, Scotland): a black
# flag, the letters of the part as tags, and the tag that ends them (UTS 51).
FLAG_OR_TAGS = re.compile(
    "(\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{3,6}\U000e007f)"
    "|[\U000e0000-\U000e007f]"
)

CONTROLS = {"Cc", "Cs"}  # control characters, surrogates
FORMATS_AND_MARKS = {"Cf", "Mn", "Me"}
SPACES = {"Mc", "Zl", "Zp", "Zs"}  # and marks that stand beside a letter
BLANK_LETTERS = "\u115f\u1160\u3164\uffa0\u2800"  # Hangul fillers, a Braille cell without dots


def without_hiding(text: str) -> str:
    """Return `text` without the characters that only hide something. Joiners stay."""
    return FLAG_OR_TAGS.sub(r"\1", text.translate(HIDING))


def without_invisible(text: str) -> str:
    """Return `text` as it looks, for comparing: without accents, joiners and controls."""
    unseen = CONTROLS | FORMATS_AND_MARKS
    return "".join(c for c in text if c.isspace() or unicodedata.category(c) not in unseen)


def is_blank(text: str) -> bool:
    """Tell whether `text` leaves no ink: nothing, or joiners, marks and blank letters alone."""
    inkless = CONTROLS | FORMATS_AND_MARKS | SPACES
    return all(unicodedata.category(c) in inkless or c in BLANK_LETTERS for c in text)
