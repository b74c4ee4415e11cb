"""What opens an appointment without an email: its reference and the letters to write down."""

from django import forms
from django.utils.translation import gettext_lazy as _

from clinic_site.forms.public_form import CookielessForm

LONGEST = 40
AS_WRITTEN = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}


def _as_typed(text: str) -> str:
    """Leave out what people write between signs, and heed no capitals."""
    return "".join(filter(str.isalnum, text.upper()))


class FindForm(CookielessForm):
    reference = forms.CharField(
        label=_("Your reference"),
        help_text=_("For example 2B4D-6F8H"),
        max_length=LONGEST,
        error_messages={"required": _("Please enter your reference.")},
        widget=forms.TextInput(attrs=AS_WRITTEN),
    )
    letters = forms.CharField(
        label=_("Your eight letters"),
        max_length=LONGEST,
        error_messages={"required": _("Please enter the eight letters you wrote down.")},
        widget=forms.TextInput(attrs=AS_WRITTEN),
    )

    def clean_reference(self) -> str:
        signs = _as_typed(self.cleaned_data["reference"])
        return f"{signs[:4]}-{signs[4:]}"

    def clean_letters(self) -> str:
        return _as_typed(self.cleaned_data["letters"])
