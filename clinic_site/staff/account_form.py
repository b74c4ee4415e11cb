"""A name and a password, for whoever makes their own account in the browser."""

from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clinic_site.accounts.models import User


class NewAccountForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    password = forms.CharField(
        label=gettext_lazy("Password"),
        strip=False,
        help_text=password_validation.password_validators_help_text_html(),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password_again = forms.CharField(
        label=gettext_lazy("Password again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    @property
    def address(self) -> str:
        """By which they will sign in."""
        raise NotImplementedError

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        name = self.cleaned_data.get("name", "")
        user = User(username=self.address, email=self.address, first_name=name)
        password_validation.validate_password(password, user)
        return password

    def clean_password_again(self) -> str:
        again: str = self.cleaned_data["password_again"]
        if self.cleaned_data.get("password") not in (None, again):
            raise ValidationError(_("The two passwords aren’t the same."))
        return again


def check_signs_in(email: str) -> None:
    """Raise ValidationError if an address could not be kept as a user name, which it will be."""
    try:
        User._meta.get_field("username").run_validators(email)
    except ValidationError as error:
        words = _("Please use an address of letters, digits and @ . + - _ alone to sign in.")
        raise ValidationError(words) from error


def create_account(*, name: str, email: str, password: str) -> User:
    """Create somebody who signs in by their email, without any role yet."""
    first_name, _space, last_name = name.partition(" ")
    return User.objects.create_user(
        email, email, password, first_name=first_name, last_name=last_name
    )
