"""The days and hours of a closure, as they are typed."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from clinic_site.clinic.models import Closure, Location, Person


class DaysForm(WagtailAdminModelForm):
    """One day needs to be given once."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["last_day"].required = False
        self.fields["last_day"].help_text = _("Leave empty for one day.")
        for name, everyone in (("person", _("everyone")), ("location", _("every location"))):
            self.fields[name].empty_label = everyone
            self.fields[name].help_text = ""
        if Location.objects.count() == 1 and not self.instance.location_id:
            self.fields["location"].widget = forms.HiddenInput()

    def clean_last_day(self) -> Any:
        return self.cleaned_data["last_day"] or self.cleaned_data.get("first_day")


class ExtraHoursForm(DaysForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.kind = Closure.Kind.EXTRA
        for name in ("begins", "ends"):
            self.fields[name].required = True
        self.fields["reason"].help_text = ""


class SoFarForm(forms.Form):
    """Days that are being typed. The database is asked nothing about them yet."""

    first_day = forms.DateField()
    last_day = forms.DateField(required=False)
    begins = forms.TimeField(required=False)
    ends = forms.TimeField(required=False)
    person = forms.ModelChoiceField(Person.objects.all(), required=False)
    location = forms.ModelChoiceField(Location.objects.all(), required=False)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        first, begins, ends = (typed.get(name) for name in ("first_day", "begins", "ends"))
        if first:
            typed["last_day"] = typed.get("last_day") or first
            if typed["last_day"] < first or (begins is None) != (ends is None):
                raise ValidationError(_("These days can’t be closed like this."))
        return typed


def closure_of(typed: QueryDict) -> Closure | None:
    """The closure that the fields of a form say so far; None if it could not be stored."""
    form = SoFarForm(typed)
    return Closure(**form.cleaned_data) if form.is_valid() else None
