from typing import Any

from django import forms
from django.contrib.auth.models import Group
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clinic_site.accounts.models import User
from clinic_site.accounts.viewsets import RolesField
from clinic_site.clinic.models.people import Person
from clinic_site.staff.account_form import NewAccountForm, check_signs_in
from clinic_site.staff.duties import duties
from clinic_site.staff.invitations import HasAccount, IsInvited, invite
from clinic_site.staff.leaving import person_of


class InviteForm(forms.Form):
    email = forms.EmailField(
        label=gettext_lazy("Their email address"),
        max_length=150,
        help_text=gettext_lazy("They’ll get a link there, and sign in with it."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    roles = RolesField(
        label=gettext_lazy("What they do here"),
        error_messages={"required": gettext_lazy("Choose at least one role.")},
    )

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        check_signs_in(email)
        return email

    def send(self, by: User) -> bool:
        """Send the invitation; False if that can't be, with the reason beside the field."""
        roles: list[Group] = [*self.cleaned_data["roles"]]
        try:
            invite(self.cleaned_data["email"], roles, by=by)
        except IsInvited:
            self.add_error("email", _("They’re invited already. You can send the link again."))
        except HasAccount as has:
            self.add_error("email", _has_account(has.user))
        return self.is_valid()


def _has_account(user: User) -> str:
    if user.is_active:
        return _("%(name)s signs in with this address already.") % {"name": user.display_name}
    said = _("%(name)s had an account with this address. Take it back in the list of staff.")
    return said % {"name": user.display_name}


class AcceptForm(NewAccountForm):
    """What whoever is invited says of themselves; their address is that of the invitation."""

    def __init__(self, data: Any, *, email: str) -> None:
        super().__init__(data)
        self.email = email

    @property
    def address(self) -> str:
        return self.email


class LeavingForm(forms.Form):
    """Who takes over each of the duties that somebody has."""

    def __init__(self, data: Any, *, user: User) -> None:
        super().__init__(data)
        self.held: dict[str, list[str]] = {}
        person = person_of(user)
        for duty in duties() if person else ():
            if person and (held := duty.held(person)):
                self.held[duty.key] = held
                self.fields[duty.key] = forms.ModelChoiceField(
                    duty.takers(person),
                    label=str(duty.question),
                    required=False,
                    empty_label=_("Nobody yet"),
                    help_text=str(duty.without),
                )

    @property
    def parts(self) -> list[dict[str, Any]]:
        """Return each duty with what is held of it and its field."""
        return [
            {"title": duty.title, "held": self.held[duty.key], "field": self[duty.key]}
            for duty in duties()
            if duty.key in self.held
        ]

    @property
    def takers(self) -> dict[str, Person | None]:
        return {key: self.cleaned_data.get(key) for key in self.held}
