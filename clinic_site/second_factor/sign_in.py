"""Signing in: the password, then a code where one is needed. Until then nobody is signed in."""

import time
from dataclasses import asdict, dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from clinic_site.accounts.known_browsers import remember_browser
from clinic_site.accounts.models import User
from clinic_site.accounts.sign_in_views import SignInView
from clinic_site.second_factor.actions import REMEMBERED, is_remembered, remember
from clinic_site.second_factor.browser_names import browser_name
from clinic_site.second_factor.models import SignIn
from clinic_site.second_factor.policy import (
    VERIFIED,
    authenticator_of,
    must_have_second_factor,
    note_identified,
)

PENDING = "second_factor_pending"
PENDING_FOR = 10 * 60  # seconds between the password and the code


@dataclass(frozen=True)
class PendingSignIn:
    """Somebody who has given the right password, and not yet the code."""

    user_id: int
    password_hash: str  # whose change ends it
    then: str  # where they want to go
    at: float  # seconds since 1970


class TwoStepSignInView(SignInView):
    def form_valid(self, form: Any) -> HttpResponse:
        user: User = form.get_user()
        then = self.get_success_url()
        has = authenticator_of(user) is not None
        token = self.request.COOKIES.get(settings.REMEMBERED_BROWSER_COOKIE, "")
        if (has or must_have_second_factor(user)) and not (
            has and is_remembered(user, token, timezone.now())
        ):
            pending = PendingSignIn(user.pk, user.get_session_auth_hash(), then, time.time())
            self.request.session.cycle_key()
            self.request.session[PENDING] = asdict(pending)
            return redirect("second_factor:code" if has else "second_factor:set_up")
        by = "password, remembered browser" if has else "password"
        sign_in(self.request, user, verified=has, by=by)
        response = redirect(then)
        remember_browser(response, self.request.COOKIES, user.get_username())
        return response


def pending_user(request: HttpRequest) -> tuple[User, PendingSignIn] | None:
    """Return who has given their password in this browser a short while ago."""
    kept = request.session.get(PENDING)
    if not kept or time.time() - kept["at"] > PENDING_FOR:
        return None
    pending = PendingSignIn(**kept)
    user = User.objects.filter(pk=pending.user_id, is_active=True).first()
    if user and constant_time_compare(user.get_session_auth_hash(), pending.password_hash):
        return user, pending
    return None


def sign_in(request: HttpRequest, user: User, *, verified: bool, by: str) -> None:
    """Sign `user` in, `verified` by a code, until the browser is closed or the session ends.

    `by` tells the access log what they have given.
    """
    request.session.pop(PENDING, None)
    request.signed_in_by = by  # type: ignore[attr-defined]
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    request.session.set_expiry(0)
    if verified:
        request.session[VERIFIED] = True


def set_remembered(response: HttpResponse, user: User) -> None:
    """Have the browser keep what spares `user` the code for thirty days."""
    response.set_cookie(
        settings.REMEMBERED_BROWSER_COOKIE,
        remember(user, timezone.now()),
        max_age=REMEMBERED,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def note_sign_in(request: HttpRequest | None, user: User, **_signal: Any) -> None:
    """Keep a line of a session that has just begun, by which its owner can end it."""
    if request is None:
        return
    note_identified(request.session)
    request.session.save()
    session = Session.objects.filter(pk=request.session.session_key).first()
    if session:
        browser = browser_name(request.headers.get("User-Agent", ""))
        SignIn.objects.update_or_create(
            session=session, defaults={"user": user, "browser": browser}
        )
