"""Two versions of a text beside each other, word by word."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher


@dataclass(frozen=True)
class TextPart:
    text: str
    changed: bool


def compare(before: str, after: str) -> tuple[list[TextPart], list[TextPart]]:
    """Return both texts in parts; `changed` are those that the other does not have."""
    old, new = _words(before), _words(after)
    left: list[TextPart] = []
    right: list[TextPart] = []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for kind, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        changed = kind != "equal"
        _add(left, old[old_from:old_to], changed)
        _add(right, new[new_from:new_to], changed)
    return left, right


def _words(text: str) -> list[str]:
    return re.findall(r"\s+|\w+|[^\w\s]", text)


def _add(parts: list[TextPart], words: list[str], changed: bool) -> None:
    if words:
        parts.append(TextPart("".join(words), changed))
