"""The first account of an empty site is made in the browser, by an address that works once."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.models import Group
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
from clinic_site.staff.account_form import NewAccountForm, check_signs_in, create_account

A_DAY = 24 * 3600  # seconds

_signer = TimestampSigner(salt="clinic_site.staff.first_account")


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
    user = create_account(name=name, email=email, password=password)
    user.groups.add(owners)
    return user


class FirstAccountForm(NewAccountForm):
    email = forms.EmailField(
        label=gettext_lazy("Your email address"),
        max_length=150,
        help_text=gettext_lazy("You’ll sign in with it."),
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )

    field_order = ("name", "email", "password", "password_again")

    @property
    def address(self) -> str:
        return str(self.cleaned_data.get("email", ""))

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        check_signs_in(email)
        return email


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
    return render(request, "staff/admin/first_account.html", {"form": form}, status=status)


def _already_there(request: HttpRequest) -> HttpResponse:
    said = _("This link has been used. Sign in, or ask an owner for an account.")
    messages.warning(request, said)
    return redirect("wagtailadmin_login")
