"""What people type: made uniform, and kept free of characters nobody can see or type.

Characters that only ever hide something (directional overrides, zero-width spaces,
soft hyphens) are dropped: the words stay as they look. Joiners and directional marks
stay, since Persian, Hindi, Hebrew and emoji are written with them. Whatever breaks a line
in some program (Word's soft break, Unicode's separators) is a line end. Other control
characters and lone surrogates cannot be typed at all and are refused.
"""

import re
import unicodedata

from clinic_site.forms.invisible import without_hiding

# A vertical tab is Word's soft break, a form feed its page break, U+0085 a mainframe's line end.
LINE_ENDS = dict.fromkeys((0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029), "\n")
# Controls but for the tab and the line feed, lone surrogates, and what Unicode will never assign.
# Other gaps in Unicode are the emoji of coming years.
UNPRINTABLE = re.compile(
    "[\0-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(
        f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)
    )
    + "]"
)
SHOWN_BEFORE = 20  # characters that tell where something stands


def normalize_text(text: str) -> str:
    """Return `text` in NFC, with Unix line ends and without invisible characters.

    Take care that `text` is not long: composing a run of n marks takes n² steps.
    """
    return unicodedata.normalize("NFC", with_plain_line_ends(text))


def with_plain_line_ends(text: str) -> str:
    """Return `text` with Unix line ends and without invisible characters, however long it is."""
    return without_hiding(text.replace("\r\n", "\n").translate(LINE_ENDS)).strip()


def find_unprintable(text: str) -> int | None:
    """Return where in `text` the first character stands that no keyboard can have meant."""
    found = UNPRINTABLE.search(text)
    return found.start() if found else None


def words_before(text: str, place: int) -> str:
    """Return the words that `text` has just before `place`, to tell where that is."""
    before = " ".join(text[:place].split())
    if len(before) <= SHOWN_BEFORE:
        return before
    tail = before[-SHOWN_BEFORE:]
    return f"…{tail.partition(' ')[2] or tail}"
