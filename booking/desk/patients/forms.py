"""The form of a patient's record."""

from collections.abc import Iterator
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from booking.actions.patients.records import Details
from booking.models import Patient
from clinic_site.clinic import phone
from clinic_site.clinic.models.details import ClinicDetails
from clinic_site.forms.fields import EmailField, LineField, NameField, PhoneField, TextField

AT_LEAST = 2  # numbers and addresses each, one of them empty


class PatientForm(forms.Form):
    version = forms.IntegerField(
        widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1, required=False
    )
    name = NameField(label=_("Name"), max_length=80)
    other_names = NameField(
        label=_("Other names"),
        help_text=_("What else we might hear on the phone, like a nickname or a former name."),
        max_length=80,
        required=False,
    )
    access_needs = LineField(label=_("Access needs"), max_length=300, required=False)
    note = TextField(
        label=_("Internal note"),
        help_text=_("For the front desk only; it’s in no email. Please leave out medical details."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    required_css_class = "required"

    def __init__(
        self, data: QueryDict | None = None, *, initial: dict[str, Any] | None = None
    ) -> None:
        said = dict(initial or {})
        phones, emails = said.pop("phones", []), said.pop("emails", [])
        super().__init__(data, initial=said)
        location = ClinicDetails.load().location
        for name, field in self._several(PhoneField, "phone", _("Phone"), phones):
            cast(PhoneField, field).near = location.phone if location else ""
            self.fields[name] = field
        for name, field in self._several(EmailField, "email", _("Email"), emails):
            self.fields[name] = field
        self.order_fields(["version", "name", "other_names", *self.phones, *self.emails])

    @classmethod
    def of(cls, patient: Patient, data: QueryDict | None = None) -> "PatientForm":
        """The form of one record as it stands."""
        initial = {
            "version": patient.version,
            "name": patient.name,
            "other_names": patient.other_names,
            "phones": [phone.readable(number) for number in patient.phones.splitlines()],
            "emails": patient.emails.splitlines(),
            "access_needs": patient.access_needs,
            "note": patient.note,
        }
        return cls(data, initial=initial)

    @property
    def phones(self) -> list[str]:
        return [name for name in self.fields if name.startswith("phone")]

    @property
    def emails(self) -> list[str]:
        return [name for name in self.fields if name.startswith("email")]

    @property
    def details(self) -> Details:
        """What it says of somebody; call it once it is valid."""
        cleaned = self.cleaned_data
        return Details(
            name=cleaned["name"],
            other_names=cleaned["other_names"],
            phones=_lines(cleaned[name] for name in self.phones),
            emails=_lines(cleaned[name] for name in self.emails),
            access_needs=cleaned["access_needs"],
            note=cleaned["note"],
        )

    def _several(
        self, kind: type[Any], name: str, label: Any, known: list[str]
    ) -> Iterator[tuple[str, forms.Field]]:
        for number in range(max(AT_LEAST, len(known) + 1)):
            here = f"{name}_{number + 1}"
            said = label if not number else f"{label} {number + 1}"
            initial = known[number] if number < len(known) else ""
            field = kind(label=said, required=False, initial=initial)
            field.widget.attrs["autocomplete"] = "off"
            yield here, field


def _lines(texts: Any) -> str:
    return "\n".join(dict.fromkeys(text for text in texts if text))
