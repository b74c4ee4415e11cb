"""An input for a phone number, with a button that completes one without its area code.

The button sends the form with the completed number in place of what was typed, so it works
without JavaScript and in every form alike. Nothing is completed unless it is pressed.
"""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from clinic_site.clinic import phone

PHONE_WRONG = _("Please enter a phone number with its area code, like %(example)s.")
AREA_CODE_MISSING = _("Please add the area code.")


class PhoneInput(forms.TextInput):
    template_name = "form_pack/phone_input.html"
    completed = ""  # what the button offers, once the number was found to lack its area code

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        return super().get_context(name, value, attrs) | {"completed": self.completed}

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        defaults = {"type": "tel", "inputmode": "tel", "autocomplete": "tel"}
        super().__init__(defaults | (attrs or {}))

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """Read the completed number if the button was pressed, else what was typed."""
        typed = super().value_from_datadict(data, files, name)
        return data.get(f"{name}-completed") or typed


def clean_phone(text: str, widget: forms.Widget, *, near: str = "", region: str = "") -> str:
    """Return `text` as `normalize_phone` does.

    Raises ValidationError for what cannot be called; if an area code is all it lacks, `widget`
    offers the number with that of `near`.
    """
    try:
        return phone.normalize_phone(text, region, near=near)
    except phone.AreaCodeMissing as missing:
        if isinstance(widget, PhoneInput):
            widget.completed = missing.completed
        raise ValidationError(AREA_CODE_MISSING, code="area_code") from None
    except ValueError:
        wrong = PHONE_WRONG % {"example": phone.example(region)}
        raise ValidationError(wrong, code="phone") from None
