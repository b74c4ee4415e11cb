"""Forms that anybody may fill in: fields that clean what people type, and a signed token.

The form token says "this form came from this site, about this thing, and not long ago". It
holds nothing about the person, so a page with a form can come out of a shared cache.
"""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from clinic_site.clinic.phone_input import PhoneInput, clean_phone
from clinic_site.forms.invisible import is_blank
from clinic_site.forms.links import may_become_link
from clinic_site.forms.text import (
    find_unprintable,
    normalize_text,
    with_plain_line_ends,
    words_before,
)


def cleaned(text: str, max_length: int | None) -> str:
    """Return `text` normalized; not composed if it is far too long, for the limit to refuse."""
    if max_length is not None and len(text) > 4 * max_length:
        return with_plain_line_ends(text)
    text = normalize_text(text)
    return "" if is_blank(text) else text


def refuse_unprintable(text: str) -> None:
    """Raise ValidationError for a character nobody can have meant, saying which and where."""
    place = find_unprintable(text)
    if place is None:
        return
    sign, before = f"U+{ord(text[place]):04X}", words_before(text, place)
    message = (
        _("We can’t accept the character %(sign)s after “%(before)s”. Please remove it.")
        if before
        else _("We can’t accept the character %(sign)s at the beginning. Please remove it.")
    )
    params = {"sign": sign, "before": before}
    raise ValidationError(message, code="unprintable", params=params)


class TextField(forms.CharField):
    """Several lines of text. Lengths count characters, a line end as one."""

    widget: type[forms.Widget] | forms.Widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        return cleaned(super().to_python(value) or "", self.max_length)

    def validate(self, value: str) -> None:
        super().validate(value)
        refuse_unprintable(value)


class LineField(TextField):
    """One line of text, safe to stand in a mail header once cleaned."""

    widget: type[forms.Widget] | forms.Widget = forms.TextInput
    default_error_messages = {"one_line": _("Please write this on one line.")}

    def validate(self, value: str) -> None:
        super().validate(value)
        if "\n" in value or "\t" in value:
            raise ValidationError(self.error_messages["one_line"], code="one_line")


class NameField(LineField):
    """Somebody's name. It stands in emails to addresses that nobody has proved: no links."""

    default_error_messages = {"link": _("Please enter a name without a web address.")}

    def validate(self, value: str) -> None:
        super().validate(value)
        if may_become_link(value):
            raise ValidationError(self.error_messages["link"], code="link")


class EmailField(forms.EmailField):
    """An email address of at most 254 characters (RFC 5321)."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 254)
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        return cleaned(super().to_python(value) or "", self.max_length)

    def validate(self, value: str) -> None:
        super().validate(value)
        refuse_unprintable(value)


class PhoneField(LineField):
    """A phone number as people write it; cleaned to E.164, with `;ext=` where there is one.

    One without its area code is refused, and offered with that of `near` by the input's button.
    """

    widget: type[forms.Widget] | forms.Widget = PhoneInput
    near = ""  # the clinic's own number; a form that knows it says so

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 40)
        super().__init__(**kwargs)

    def clean(self, value: Any) -> str:
        text: str = super().clean(value)
        return clean_phone(text, cast(forms.Widget, self.widget), near=self.near) if text else ""
