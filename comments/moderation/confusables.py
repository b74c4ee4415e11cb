"""Texts that look alike to people though they are not the same to a computer."""

import hashlib
import unicodedata

from clinic_site.forms.invisible import without_invisible

# Cyrillic and Greek letters that stand for Latin ones in most typefaces.
CONFUSABLE = str.maketrans(
    "авекмнорстухіјѕԁԛԝαβεηικνορτυχ",
    "abekmhopctyxijsdqwabenikvoptux",
)


def skeleton(text: str) -> str:
    """Return what `text` looks like: equal for texts that people would take for each other."""
    folded = unicodedata.normalize("NFKD", text).casefold()
    return " ".join(without_invisible(folded).translate(CONFUSABLE).split())


def digest(text: str) -> str:
    """Return 32 hex digits, equal for texts that look alike."""
    return hashlib.sha256(skeleton(text).encode()).hexdigest()[:32]


def mixes_scripts(word: str) -> bool:
    """Tell whether one word has Latin letters and look-alikes from another alphabet."""
    scripts = {unicodedata.name(c, "?").split()[0] for c in word if c.isalpha()}
    return "LATIN" in scripts and bool(scripts & {"CYRILLIC", "GREEK"})


def is_look_alike_address(email: str) -> bool:
    """Tell whether an address could be taken for another: any letter beyond ASCII can."""
    return not email.isascii() or "xn--" in email.lower()


def is_look_alike_name(name: str) -> bool:
    return any(mixes_scripts(word) for word in name.split())
