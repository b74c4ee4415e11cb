"""The words of one email, each part a field, with the facts that each may name."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminAutoHeightTextInput

from clinic_site.clinic.current import read_clinic
from clinic_site.forms.fields import TextField
from clinic_site.mail.models import EmailWords
from clinic_site.mail.words.checking import faults_of
from clinic_site.mail.words.filling import with_tidy_chips
from clinic_site.mail.words.registry import Chip, EditableEmail, EmailPart
from clinic_site.mail.words.stored import WordsConflict, WordsNow


class EmailWordsField(TextField):
    """The words of a part; what is wrong with them is told all at once."""

    def __init__(self, email: EditableEmail, part: EmailPart, *, day_in_subjects: bool) -> None:
        self.email, self.part, self.day_in_subjects = email, part, day_in_subjects
        # A line is a text area too: an input would drop line ends without a word.
        widget = AdminAutoHeightTextInput(attrs={"rows": 1 if part.kind.is_line else 4})
        super().__init__(
            label=str(part.label), help_text=str(part.hint), required=False, widget=widget
        )
        self.max_length = part.kind.most  # for `cleaned`; what is too long is told below

    @property
    def chips(self) -> list[Chip]:
        return [*self.email.chips_of(self.part, day_in_subjects=self.day_in_subjects).values()]

    def to_python(self, value: Any) -> str:
        return with_tidy_chips(super().to_python(value))

    def validate(self, value: str) -> None:
        super().validate(value)
        faults = faults_of(value, self.email, self.part, day_in_subjects=self.day_in_subjects)
        if messages := [*faults]:
            raise ValidationError(messages)


class PartShown(NamedTuple):
    field: BoundField
    seen: BoundField
    chips: list[Chip]
    original: str
    is_original: bool
    newer: EmailWords | None  # what somebody else has saved meanwhile


class WordsForm(forms.Form):
    """Each field brings along what it said when the form was opened, so that newer words are seen.

    `newer` are the parts that somebody else has changed meanwhile.
    """

    sample = forms.ChoiceField(label=_("Preview"), required=False)

    def __init__(
        self, email: EditableEmail, now: WordsNow, data: Any = None, newer: Iterable[str] = ()
    ) -> None:
        super().__init__(data, initial=now.words)
        self.email, self.now, self.newer = email, now, {*newer}
        day_in_subjects = read_clinic().day_in_subjects
        for part in email.parts:
            self.fields[part.name] = EmailWordsField(email, part, day_in_subjects=day_in_subjects)
            seen = TextField(required=False, widget=forms.HiddenInput)
            self.fields[seen_name(part)] = seen
            self.initial[seen_name(part)] = now.words[part.name]
        choices = [(str(number), name) for number, name in enumerate(email.samples)]
        self.fields["sample"].choices = choices  # type: ignore[attr-defined]

    @property
    def parts(self) -> list[PartShown]:
        return [
            PartShown(
                field=(field := self[part.name]),
                seen=self[seen_name(part)],
                chips=self.fields[part.name].chips,  # type: ignore[attr-defined]
                original=self.now.originals[part.name],
                is_original=field.value() == self.now.originals[part.name],
                newer=self.now.last.get(part.name) if part.name in self.newer else None,
            )
            for part in self.email.parts
        ]

    @property
    def typed(self) -> dict[str, str]:
        return {part.name: self.cleaned_data[part.name] for part in self.email.parts}

    @property
    def seen(self) -> dict[str, str]:
        return {part.name: self.cleaned_data[seen_name(part)] for part in self.email.parts}

    @property
    def sample_context(self) -> dict[str, Any]:
        chosen = int(self.cleaned_data["sample"] or 0)
        return [*self.email.samples.values()][chosen]()

    def with_words(self, words: Mapping[str, str]) -> "WordsForm":
        """Return the form with other words in some parts, all else as it was typed."""
        return WordsForm(self.email, self.now, {**dict(self.data.items()), **words})

    def beside_newer(self, conflict: WordsConflict) -> "WordsForm":
        """Return the form with what others have saved: beside what was typed, or in its place.

        To send that is a decision in full knowledge.
        """
        now, data = conflict.now, dict(self.data.items())
        for part in self.email.parts:
            if self.typed[part.name] == self.seen[part.name]:
                data[part.name] = now.words[part.name]
            data[seen_name(part)] = now.words[part.name]
        return WordsForm(self.email, now, data, newer=conflict.parts)


def seen_name(part: EmailPart) -> str:
    return f"seen-{part.name}"
