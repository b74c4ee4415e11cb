"""Which emails there are, what each of them says, and which facts its words may name.

An app declares its emails in a module of its own and names them to `register_emails` as it starts.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.utils.functional import Promise
from django.utils.html import conditional_escape

from clinic_site.mail.words.filling import token

Words = str | Promise
Context = Mapping[str, Any]  # what an email's templates are drawn with

# Subjects show on locked screens and in the logs of mail servers: no fact says more than these.
DAY = "day"  # only if the owners want it there
MAY_BE_IN_SUBJECTS = frozenset({"reference", "clinic", DAY, "title", "number"})


@dataclass(frozen=True)
class Chip:
    """A fact that words may name as "{name}"."""

    name: str
    label: Words
    read: Callable[[Context], object]
    absent: Words = ""  # what stands there if an email has no such fact
    in_subject: bool = False
    html: Callable[[str], str] = conditional_escape

    def __post_init__(self) -> None:
        if self.in_subject and self.name not in MAY_BE_IN_SUBJECTS:
            raise ImproperlyConfigured(f"{self.name} may not be in a subject")

    @property
    def token(self) -> str:
        return token(self.name)

    def value(self, context: Context) -> str:
        return str(self.read(context) or self.absent)


class PartKind(Enum):
    """How long a part may be, in characters, and whether it is one line."""

    SUBJECT = (120, True)
    LINE = (200, True)
    PARAGRAPH = (2000, False)

    @property
    def most(self) -> int:
        return self.value[0]

    @property
    def is_line(self) -> bool:
        return self.value[1]


@dataclass(frozen=True)
class EmailPart:
    """A subject, a greeting, a paragraph: the original words, and what must stay in them."""

    name: str
    label: Words
    original: Words
    kind: PartKind = PartKind.PARAGRAPH
    needs: tuple[str, ...] = ()  # facts without which the email would not do
    required: bool = False  # an empty one would leave out what people must know
    hint: Words = ""
    only: tuple[str, ...] = ()  # the facts that it may name, if not all of its email


def the_only_subject(_email: Context) -> str:
    return "subject"


@dataclass(frozen=True)
class EditableEmail:
    """An email whose words owners may change. `key` is its template's: "booking/next_visit".

    `subject_part` names the part that is its subject, if it has several.
    """

    key: str
    title: Words
    sent: Words  # when, and to whom
    parts: tuple[EmailPart, ...]
    chips: tuple[Chip, ...]
    samples: Mapping[Any, Callable[[], dict[str, Any]]]  # contexts to draw it with, by their name
    subject_part: Callable[[Context], str] = the_only_subject

    @property
    def app(self) -> str:
        return self.key.partition("/")[0]

    @property
    def name(self) -> str:
        return self.key.partition("/")[2]

    @property
    def template(self) -> str:
        return f"{self.app}/emails/{self.name}"

    def part(self, name: str) -> EmailPart:
        """Raises KeyError."""
        return {part.name: part for part in self.parts}[name]

    def chips_of(self, part: EmailPart, *, day_in_subjects: bool = False) -> dict[str, Chip]:
        """Return the facts that the words of `part` may name, by their names."""
        chips = {chip.name: chip for chip in self.chips if chip.name in part.only or not part.only}
        if part.kind is not PartKind.SUBJECT:
            return chips
        return {
            name: chip
            for name, chip in chips.items()
            if chip.in_subject and (name != DAY or day_in_subjects)
        }


@dataclass(frozen=True)
class EmailGroup:
    """The emails of an app, as the list of them is headed."""

    title: Words
    emails: tuple[EditableEmail, ...]


_groups: list[EmailGroup] = []
_emails: dict[str, EditableEmail] = {}


def register_emails(title: Words, emails: Iterable[EditableEmail]) -> None:
    group = EmailGroup(title, tuple(emails))
    _groups.append(group)
    _emails.update((email.key, email) for email in group.emails)


def email_groups() -> list[EmailGroup]:
    return list(_groups)


def editable_email(key: str) -> EditableEmail:
    """Raises KeyError."""
    return _emails[key]
