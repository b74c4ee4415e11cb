"""The first account of an empty site is made in the browser, by an address that works once."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import password_validation
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, TimestampSigner
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from wagtail.admin import messages

from clinic_site.accounts.models import User
from clinic_site.accounts.roles import Role

A_DAY = 24 * 3600  # seconds

_signer = TimestampSigner(salt="clinic_site.accounts.first_account")


class NotTheFirst(Exception):
    """Somebody has an account already."""


def first_account_url() -> str:
    """Return the address, good for a day and while nobody has an account. Raises NotTheFirst."""
    if User.objects.exists():
        raise NotTheFirst
    return settings.BASE_URL + reverse("first_account", args=[_signer.sign("owner")])


@transaction.atomic
def create_first_owner(*, name: str, email: str, password: str) -> User:
    """Create an owner like any other, who signs in by their email. Raises NotTheFirst."""
    # Of two who have the address, the second waits here, and then is not the first.
    owners = Group.objects.select_for_update().get(name=Role.OWNERS)
    if User.objects.exists():
        raise NotTheFirst
    first_name, _space, last_name = name.partition(" ")
    user = User.objects.create_user(
        email, email, password, first_name=first_name, last_name=last_name
    )
    user.groups.add(owners)
    return user


class FirstAccountForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("Your email address"),
        max_length=150,
        help_text=gettext_lazy("You’ll sign in with it."),
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
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

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        try:
            # It is the user name as well: one that no other form takes could not be kept there.
            User._meta.get_field("username").run_validators(email)
        except ValidationError as error:
            words = _("Please use an address of letters, digits and @ . + - _ alone to sign in.")
            raise ValidationError(words) from error
        return email

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        about = {name: self.cleaned_data.get(name, "") for name in ("email", "name")}
        user = User(username=about["email"], email=about["email"], first_name=about["name"])
        password_validation.validate_password(password, user)
        return password

    def clean_password_again(self) -> str:
        again: str = self.cleaned_data["password_again"]
        if self.cleaned_data.get("password") not in (None, again):
            raise ValidationError(_("The two passwords aren’t the same."))
        return again


@sensitive_post_parameters()
def first_account(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for a name, an address and a password, and make an owner of them."""
    try:
        _signer.unsign(token, max_age=A_DAY)
    except BadSignature as error:
        raise Http404 from error
    form = FirstAccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said: dict[str, Any] = form.cleaned_data
        try:
            create_first_owner(name=said["name"], email=said["email"], password=said["password"])
        except NotTheFirst:
            return _already_there(request)
        messages.success(request, _("Your account is ready. Sign in to set up your clinic."))
        return redirect("wagtailadmin_login")
    if User.objects.exists():
        return _already_there(request)
    status = 422 if form.is_bound else 200
    return render(request, "accounts/admin/first_account.html", {"form": form}, status=status)


def _already_there(request: HttpRequest) -> HttpResponse:
    said = _("This link has been used. Sign in, or ask an owner for an account.")
    messages.warning(request, said)
    return redirect("wagtailadmin_login")
