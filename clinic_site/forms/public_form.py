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
from django.utils.translation import gettext_lazy as _

from clinic_site.privacy.secret_links import hash_token

FORM_TOKEN_AGE = timedelta(days=30)


# The clocks of several machines may differ by so much.
CLOCKS_DIFFER = timedelta(minutes=5)


# A form token as it stands in a page.
FORM_TOKEN_IN_PAGE = re.compile(rb'name="form_token" value="[^"]*"')


class CookielessForm(forms.Form):
    """A form for anybody; see `clinic_site.http.csrf.CsrfMiddleware`."""

    required_css_class = "required"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True


class PublicForm(CookielessForm):
    """One on a page out of a cache. `about` says what it is for; a token for another is refused."""

    form_token = forms.CharField(widget=forms.HiddenInput, required=False)

    purpose: ClassVar[str]
    error_messages: ClassVar = {
        "form_token": _(
            "This form was open for a long time, or part of it didn’t reach us. What you "
            "wrote is still here. Please check it and send it again."
        ),
    }

    def __init__(self, *args: Any, about: object = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.about = str(about)
        # How long ago the page with this form was made; known once the form has been cleaned.
        self.open_for = timedelta(0)
        self.fields["form_token"].initial = self.new_form_token

    def new_form_token(self) -> str:
        return self.form_token_for(self.about)

    @classmethod
    def form_token_for(cls, about: object) -> str:
        return cls._signer(about).sign(secrets.token_urlsafe(9))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        try:
            self.open_for = self._age_of(cleaned.get("form_token") or "")
        except BadSignature:
            self.data = {
                **dict(self.data.items()),
                self.add_prefix("form_token"): self.new_form_token(),
            }
            self.add_error(
                None, ValidationError(self.error_messages["form_token"], code="form_token")
            )
        return cleaned

    def idempotency_key(self, *fields: str) -> str:
        """Return 64 hex digits, the same whenever the same form says the same in `fields`."""
        said = [str(self.cleaned_data[field]) for field in ("form_token", *fields)]
        return hash_token(f"{self.purpose} {json.dumps(said)}")

    def _age_of(self, form_token: str) -> timedelta:
        """Return how long ago `form_token` was made, or raise BadSignature."""
        self._signer(self.about).unsign(form_token, max_age=FORM_TOKEN_AGE)
        made = b62_decode(form_token.rsplit(":", 2)[1])
        age = timedelta(seconds=time.time() - made)
        if age < -CLOCKS_DIFFER:
            raise BadSignature("The form token is from the future.")
        return age

    @classmethod
    def _signer(cls, about: object) -> TimestampSigner:
        return TimestampSigner(salt=f"{cls.purpose}:{about}")
