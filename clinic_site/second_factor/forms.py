from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clinic_site.access_log.events import record_access_event
from clinic_site.access_log.models import AccessLine
from clinic_site.accounts import sign_in
from clinic_site.accounts.models import User
from clinic_site.accounts.sign_in import WaitMixin
from clinic_site.http.rate_limit import Limit, client_address, network_of, refund
from clinic_site.second_factor.actions import WrongCode, set_up_authenticator, take_code

# Who knows the password guesses at a code of six digits: a few from one place, and from all places
# so many in a day that they would need years.
WRONG, WRONG_PER = 8, timedelta(minutes=15)
WRONG_A_DAY, DAY = 60, timedelta(days=1)


class CodeField(forms.CharField):
    def __init__(self, **kwargs: Any) -> None:
        attrs = {"autocomplete": "one-time-code", "autofocus": True, "spellcheck": "false"}
        super().__init__(
            max_length=30,
            widget=forms.TextInput(attrs={"autocapitalize": "none"} | attrs),
            **kwargs,
        )


class CodeForm(WaitMixin, forms.Form):
    """The second step of signing in."""

    code = CodeField(
        label=_("Code"),
        help_text=_("Six digits from your authenticator app, or one of your recovery codes."),
    )
    remember = forms.BooleanField(
        label=_("Don’t ask again in this browser for 30 days"),
        help_text=_("Only on a computer that nobody else uses."),
        required=False,
    )

    def __init__(self, user: User, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.request = user, request

    def clean_code(self) -> str:
        typed: str = self.cleaned_data["code"]
        now = timezone.now()
        place = network_of(client_address(self.request.META))
        limits = [
            Limit("code", f"{self.user.pk} {place}", WRONG, WRONG_PER),
            Limit("code, a day", str(self.user.pk), WRONG_A_DAY, DAY),
        ]
        self.take_or_wait(limits, now)
        try:
            self.take(typed)
        except WrongCode as error:
            record_access_event(AccessLine.Kind.WRONG_CODE, account=self.user.pk)
            raise ValidationError(str(error), code="wrong") from error
        refund(limits, now)
        return typed

    def take(self, typed: str) -> None:
        take_code(self.user, typed, timezone.now())


class SetUpForm(CodeForm):
    """The first code of a new authenticator; `recovery_codes` are there once it was taken."""

    code = CodeField(label=_("The six digits that the app shows now"))
    recovery_codes: list[str]

    def __init__(self, user: User, request: HttpRequest, key: str, *args: Any) -> None:
        super().__init__(user, request, *args)
        self.key = key

    def take(self, typed: str) -> None:
        self.recovery_codes = set_up_authenticator(self.user, self.key, typed, timezone.now())


class PasswordForm(WaitMixin, forms.Form):
    """Asks somebody who is signed in for their password once more."""

    current_password = forms.CharField(
        label=_("Your password"),
        strip=False,
        widget=forms.PasswordInput(
            attrs={"autocomplete": "current-password", "autofocus": True, "spellcheck": "false"}
        ),
    )

    def __init__(self, user: User, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.request = user, request

    def clean_current_password(self) -> str:
        typed: str = self.cleaned_data["current_password"]
        now = timezone.now()
        session = str(self.request.session.session_key)
        limits = [Limit("own password", session, sign_in.WRONG, sign_in.WRONG_PER)]
        self.take_or_wait(limits, now)
        if not self.user.check_password(typed):
            record_access_event(
                AccessLine.Kind.SIGN_IN_FAILED, account=self.user.pk, details="asked again"
            )
            raise ValidationError(_("That isn’t your password. Please try again."), code="wrong")
        refund(limits, now)
        return typed
