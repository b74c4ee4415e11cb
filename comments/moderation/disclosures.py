"""What an answer by the clinic could give away: that somebody is its patient.

A clinic that says in public when somebody came, or what was done, tells who is a patient, even
when it only repeats what that person has said. It is a function of texts, meant to ask once too
often: a warning costs one click, a disclosure cannot be taken back.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from comments.moderation.confusables import skeleton

Words = str | Promise

MONTHS = (
    "january|february|april|june|july|august|september|october|november|december"
    "|jan|feb|apr|jun|jul|aug|sept?|oct|nov|dec"
)
# Words of their own too, so only beside a number or where nothing else can be meant.
DOUBTFUL_MONTHS = "march|may|mar"
WEEKDAYS = "(?:mon|tues|wednes|thurs|fri|satur|sun)days?|mon|tues?|wed|thu(?:rs?)?|fri"
NUMBERS = (
    "\\d{1,2}(?:st|nd|rd|th)?|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth"
    "|eleventh|twelfth|\\w+teenth|twentieth|twenty[ -]\\w+|thirtieth|thirty[ -]first"
)
COUNTED = "\\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|some|few|several|couple of"
SPANS = "minutes?|hours?|days?|nights?|weeks?|weekends?|fortnights?|months?|years?"

APPOINTMENT = (
    r"appointments?|appts?\.?|book(?:ed|ing|ings)|re-?book\w*|re-?schedul\w*|schedul\w*"
    r"|no-?shows?|cancell?(?:ed|ation|ations)|waiting list|your (?:slot|time|turn)|follow-?ups?"
)
VISIT = (
    r"visit(?:s|ed|ing|or|ors)?|consult(?:s|ed|ing|ation|ations)?|check-?ups?|(?:your )?sessions?"
    r"|assessments?|(?:first|last|next|previous|each|every) (?:time|visit)|in (?:the|our) clinic"
    r"|(?:came|come|coming|comes|came back|come back|dropped|drop|popped|walked|were|been|are) "
    r"(?:in|by|over|to us|to see|here|back)|(?:saw|see|seen|seeing|met|meet|meeting|treat\w*|had|"
    r"helped|examined|know|knew|remember) (?:you|him|her|them)(?!\w)"
    r"|see you (?:again|soon|then|next)|(?:your|our) (?:therapist|practitioner|physio\w*|doctor)"
    r"|patients?|clients?"
)
TREATMENT = (
    r"treat(?:s|ed|ing|ment|ments)?|therap(?:y|ies)|rehab\w*|diagnos\w+|prescri\w+|medicat\w+"
    r"|medicines?|surger(?:y|ies)|surgical|operat(?:ed|ion|ions)|inject\w+|x-?rays?|mris?|ct scans?"
    r"|scans?|ultrasounds?|massag\w+|manipulat\w+|adjustments?|needl\w+|exercise plan"
    r"|(?:home )?program(?:me)?s?|referr(?:al|ed)|fracture\w*|post-?op\w*"
    r"|your (?:exercises|results?|records?|files?|chart|notes|history|case|condition|symptoms?"
    r"|injur(?:y|ies)|pain|hips?|backs?|knees?|necks?|shoulders?|spine|psoas|posture|recovery"
    r"|progress|insurance|bill|invoice)"
)
PHONE = r"(?:(?:\+|00)?\d|\(\d)(?:[\s().·/–—-]*\d){5,}|\bext(?:ension)?\.? ?\d+"
DATE = "|".join(
    [
        r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}",
        r"\d{1,2}/\d{1,2}",
        rf"(?:{MONTHS})\.?(?: (?:the )?(?:{NUMBERS}))?",
        rf"(?:{DOUBTFUL_MONTHS})\.? (?:the )?(?:{NUMBERS})",
        rf"(?:{NUMBERS}) (?:of )?(?:{MONTHS}|{DOUBTFUL_MONTHS})",
        rf"(?:in|since|last|next|this|early|late|until|till|by|during) (?:{DOUBTFUL_MONTHS})",
        WEEKDAYS,
        r"(?:the )\d{1,2}(?:st|nd|rd|th)",
        r"yesterday|today|tonight|tomorrow|the other day|recently|lately",
        rf"(?:last|next|this|past|previous|coming) (?:{SPANS}|morning|afternoon|evening|spring"
        r"|summer|autumn|fall|winter)",
        rf"(?:{COUNTED}) (?:{SPANS}) (?:ago|back|before|earlier|later|from now)",
        r"in (?:19|20)\d\d",
        r"\d{1,2}(?::\d\d)? ?(?:a\.?m\b|p\.?m\b|o.clock)|\d{1,2}:\d\d",
    ]
)
SHORTEST_NAME = 2


@dataclass(frozen=True)
class Disclosure:
    """What an answer mentions, and with which of its words."""

    what: Words
    words: tuple[str, ...]


def found(text: str, names: Iterable[str] = ()) -> list[Disclosure]:
    """Return what `text` mentions that could reveal a patient; `names` are those answered to."""
    seen = skeleton(text)
    kinds: list[tuple[Words, Iterator[str]]] = [
        (_("the person’s name"), _named(seen, names)),
        (_("a visit"), _matches(VISIT, seen)),
        (_("an appointment"), _matches(APPOINTMENT, seen)),
        (_("a treatment or someone’s health"), _matches(TREATMENT, seen)),
        (_("a date or a time"), _matches(DATE, seen)),
        (_("a phone number"), _phone_numbers(seen)),
    ]
    listed = ((what, tuple(dict.fromkeys(words))) for what, words in kinds)
    return [Disclosure(what, words) for what, words in listed if words]


def _matches(pattern: str, seen: str) -> Iterator[str]:
    for match in re.finditer(rf"(?<!\w)(?:{pattern})(?!\w)", seen):
        yield match.group().strip()


def _phone_numbers(seen: str) -> Iterator[str]:
    for match in re.finditer(PHONE, seen):
        yield match.group().strip()


def _named(seen: str, names: Iterable[str]) -> Iterator[str]:
    """Yield each part of the names that stands in the text, initials left out."""
    for name in names:
        for part in re.findall(r"\w+", skeleton(name)):
            if len(part) >= SHORTEST_NAME and re.search(rf"(?<!\w){re.escape(part)}(?!\w)", seen):
                yield part
