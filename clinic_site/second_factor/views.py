"""The second step of signing in, and the page on which somebody looks after it."""

from typing import Any, cast

import segno
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clinic_site.accounts.known_browsers import remember_browser
from clinic_site.accounts.models import User
from clinic_site.accounts.sign_in_views import say_when_to_come_back
from clinic_site.accounts.viewsets import protect_superusers
from clinic_site.clinic.current import read_clinic
from clinic_site.privacy.encryption import CannotDecrypt, decrypt, encrypt
from clinic_site.second_factor import actions
from clinic_site.second_factor.codes import new_authenticator_key, otpauth_url
from clinic_site.second_factor.forms import CodeForm, PasswordForm, SetUpForm
from clinic_site.second_factor.models import SignIn
from clinic_site.second_factor.policy import (
    VERIFIED,
    authenticator_of,
    must_have_second_factor,
    note_identified,
)
from clinic_site.second_factor.sign_in import pending_user, set_remembered, sign_in

NEW_KEY = "second_factor_key"  # in the session, encrypted, until its first code has come


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    found = pending_user(request)
    if found is None:
        return redirect("wagtailadmin_login")
    user, pending = found
    form = CodeForm(user, request, request.POST or None)
    if not form.is_valid():
        return _page(request, "code", form)
    sign_in(request, user, verified=True, by="password, code")
    response = redirect(pending.then)
    remember_browser(response, request.COOKIES, user.get_username())
    if form.cleaned_data["remember"]:
        set_remembered(response, user)
    return response


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def set_up(request: HttpRequest) -> HttpResponse:
    found = pending_user(request)
    if not found and not request.user.is_authenticated:
        return redirect("wagtailadmin_login")
    user = found[0] if found else cast(User, request.user)
    then = found[1].then if found else reverse("second_factor:overview")
    if found and authenticator_of(user):  # it has been set up on another tab
        return redirect("second_factor:code")
    key = _key_in_making(request)
    form = SetUpForm(user, request, key, request.POST or None)
    if not form.is_valid():
        url = otpauth_url(key, account=user.get_username(), issuer=read_clinic(request).name)
        return _page(request, "set_up", form, qr=_qr_code(url), key=_in_fours(key))
    del request.session[NEW_KEY]
    if found:
        sign_in(request, user, verified=True, by="password, code")
    request.session[VERIFIED] = True
    actions.end_sign_ins(user, but=request.session.session_key)
    context = {"codes": form.recovery_codes, "then": then}
    response = render(request, "second_factor/admin/recovery_codes.html", context)
    remember_browser(response, request.COOKIES, user.get_username())
    return response


@never_cache
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    user = cast(User, request.user)
    context = {
        "page_title": _("Two-step sign-in"),
        "header_icon": "lock",
        "authenticator": authenticator_of(user),
        "codes_left": user.recovery_codes.count(),
        "browsers": user.remembered_browsers.count(),
        "sign_ins": user.sign_ins.all(),
        "this_session": request.session.session_key,
        "required": must_have_second_factor(user),
    }
    return render(request, "second_factor/admin/overview.html", context)


@never_cache
@require_POST
def renew_codes(request: HttpRequest) -> HttpResponse:
    user = cast(User, request.user)
    if not authenticator_of(user):
        return redirect("second_factor:set_up")
    context = {
        "codes": actions.renew_recovery_codes(user),
        "then": reverse("second_factor:overview"),
    }
    return render(request, "second_factor/admin/recovery_codes.html", context)


@never_cache
@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    """Sign somebody out everywhere else; no browser is remembered any more."""
    user = cast(User, request.user)
    user.remembered_browsers.all().delete()
    actions.end_sign_ins(user, but=request.session.session_key)
    messages.success(request, _("You’re signed out everywhere else."))
    return redirect("second_factor:overview")


@never_cache
@require_POST
def end_sign_in(request: HttpRequest, pk: int) -> HttpResponse:
    found = SignIn.objects.filter(user=cast(User, request.user), pk=pk).first()
    if found:  # one that is gone has ended already
        found.session.delete()
    messages.success(request, _("That browser is signed out."))
    return redirect("second_factor:overview")


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def identify(request: HttpRequest) -> HttpResponse:
    """Ask for the password, then lead to where somebody wanted to go."""
    then = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(then, {request.get_host()}, request.is_secure()):
        then = reverse("wagtailadmin_home")
    form = PasswordForm(cast(User, request.user), request, request.POST or None)
    if not form.is_valid():
        return _page(request, "identify", form, action=request.get_full_path())
    note_identified(request.session)
    return redirect(then)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reset(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a colleague set up another phone. Owners do that, after they have asked who it is."""
    user = get_object_or_404(User, pk=pk)
    if not request.user.has_perm("accounts.change_user") or user == request.user:
        raise PermissionDenied
    protect_superusers(request, user)
    if request.method == "POST":
        actions.reset_second_factor(user, by=cast(User, request.user))
        message = _("%(name)s can set up another phone at the next sign-in.")
        messages.success(request, message % {"name": user.display_name})
        return redirect("wagtailusers_users:edit", user.pk)
    context = {"colleague": user, "page_title": _("Reset two-step sign-in"), "header_icon": "lock"}
    return render(request, "second_factor/admin/reset.html", context)


def _page(request: HttpRequest, name: str, form: Any, **context: Any) -> HttpResponse:
    response = render(request, f"second_factor/admin/{name}.html", {"form": form, **context})
    say_when_to_come_back(response, form)
    return response


def _key_in_making(request: HttpRequest) -> str:
    """Return the key that is being set up: the same on every page until its code has come."""
    try:
        return decrypt(request.session.get(NEW_KEY, ""), place=NEW_KEY)
    except CannotDecrypt:  # there is none, or the site has other keys than it had
        key = new_authenticator_key()
        request.session[NEW_KEY] = encrypt(key, place=NEW_KEY)
        return key


def _qr_code(url: str) -> str:
    """Return a picture of `url` for a page: segno writes it, and nobody has typed any of it."""
    code = segno.make(url, error="m", micro=False)
    options = {"scale": 5, "border": 4, "dark": "#000", "light": "#fff", "omitsize": True}
    return mark_safe(code.svg_inline(**options, svgclass=None, lineclass=None))  # noqa: S308


def _in_fours(key: str) -> str:
    return " ".join(key[start : start + 4] for start in range(0, len(key), 4))
