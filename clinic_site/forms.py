"""Forms that anybody may fill in: fields that clean what people type, and a signed stamp.

The stamp says "this form came from this site, about this thing, and not long ago". It
holds nothing about the person, so a page with a form can come out of a shared cache.
"""

import json
import re
import secrets
import time
from datetime import timedelta
from typing import Any, ClassVar

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, TimestampSigner, b62_decode
from django.forms.renderers import TemplatesSetting
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from clinic_site import phone
from clinic_site.text import has_unprintable, is_blank, normalise

STAMP_AGE = timedelta(days=30)
# The clocks of several machines may differ by so much.
CLOCKS_DIFFER = timedelta(minutes=5)
# A stamp as it stands in a page.
STAMP_IN_PAGE = re.compile(rb'name="stamp" value="[^"]*"')
LINK = re.compile(r"//|www\.|\.(com|net|org|info|biz)\b|@", re.IGNORECASE)


class FormRenderer(TemplatesSetting):
    field_template_name = "clinic/field_group.html"


def cleaned(text: str, max_length: int | None) -> str:
    """Return `text` normalised; or as it is if it is far too long, for the limit to refuse."""
    if max_length is not None and len(text) > 4 * max_length:
        return text
    text = normalise(text)
    return "" if is_blank(text) else text


class TextField(forms.CharField):
    """Several lines of text. Lengths count characters, a line end as one."""

    widget: type[forms.Widget] | forms.Widget = forms.Textarea
    default_error_messages = {
        "unprintable": _("This contains characters that cannot be shown. Please type it again."),
    }

    def to_python(self, value: Any) -> str:
        return cleaned(super().to_python(value) or "", self.max_length)

    def validate(self, value: str) -> None:
        super().validate(value)
        if has_unprintable(value):
            raise ValidationError(self.error_messages["unprintable"], code="unprintable")


class LineField(TextField):
    """One line of text, safe to stand in a mail header once cleaned."""

    widget: type[forms.Widget] | forms.Widget = forms.TextInput
    default_error_messages = {"one_line": _("Please write this on one line.")}

    def validate(self, value: str) -> None:
        super().validate(value)
        if "\n" in value or "\t" in value:
            raise ValidationError(self.error_messages["one_line"], code="one_line")


class NameField(LineField):
    """Somebody's name. It stands in letters to addresses that nobody has proved: no links."""

    default_error_messages = {"link": _("Please give a name without a web address.")}

    def validate(self, value: str) -> None:
        super().validate(value)
        if LINK.search(value):
            raise ValidationError(self.error_messages["link"], code="link")


class EmailField(forms.EmailField):
    """An email address of at most 254 characters (RFC 5321)."""

    default_error_messages = {
        "unprintable": _("Please give an email address such as name@example.com."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 254)
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        return cleaned(super().to_python(value) or "", self.max_length)

    def validate(self, value: str) -> None:
        super().validate(value)
        if has_unprintable(value):
            raise ValidationError(self.error_messages["unprintable"], code="unprintable")


class PhoneField(LineField):
    """A phone number as people write it; cleaned to E.164, with `;ext=` where there is one."""

    widget: type[forms.Widget] | forms.Widget = forms.TextInput(
        attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel"}
    )
    default_error_messages = {
        "phone": _("Please give a phone number with its area code, for example 805-555-0123."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 40)
        super().__init__(**kwargs)

    def clean(self, value: Any) -> str:
        text: str = super().clean(value)
        if not text:
            return ""
        try:
            return phone.normalise(text)
        except ValueError:
            raise ValidationError(self.error_messages["phone"], code="phone") from None


class PublicForm(forms.Form):
    """A form for anybody. `about` names what it is for; a stamp for another thing is refused."""

    stamp = forms.CharField(widget=forms.HiddenInput, required=False)

    purpose: ClassVar[str]
    required_css_class = "required"
    error_messages: ClassVar = {
        "stamp": _(
            "This form was open for a very long time, or arrived incomplete. "
            "What you wrote is still here: please check it and send it again."
        ),
    }

    def __init__(self, *args: Any, about: object = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.about = str(about)
        # How long ago the page with this form was made; known once the form has been cleaned.
        self.open_for = timedelta(0)
        self.fields["stamp"].initial = self.new_stamp
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True  # see clinic_site.security.CsrfMiddleware

    def new_stamp(self) -> str:
        return self._signer.sign(secrets.token_urlsafe(9))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        try:
            self.open_for = self._age_of(cleaned.get("stamp") or "")
        except BadSignature:
            self.data = {**dict(self.data.items()), self.add_prefix("stamp"): self.new_stamp()}
            self.add_error(None, ValidationError(self.error_messages["stamp"], code="stamp"))
        return cleaned

    def submission_key(self, *fields: str) -> str:
        """Return 64 hex digits, the same whenever the same form says the same in `fields`."""
        said = [self.cleaned_data["stamp"], *(str(self.cleaned_data[field]) for field in fields)]
        return salted_hmac(self.purpose, json.dumps(said), algorithm="sha256").hexdigest()

    def _age_of(self, stamp: str) -> timedelta:
        """Return how long ago `stamp` was made, or raise BadSignature."""
        self._signer.unsign(stamp, max_age=STAMP_AGE)
        made = b62_decode(stamp.rsplit(":", 2)[1])
        age = timedelta(seconds=time.time() - made)
        if age < -CLOCKS_DIFFER:
            raise BadSignature("The stamp is from the future.")
        return age

    @property
    def _signer(self) -> TimestampSigner:
        return TimestampSigner(salt=f"{self.purpose}:{self.about}")
