"""What the admin says when a form was not taken. It keeps the form: nothing typed is lost."""

from http import HTTPStatus
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from clinic_site.accounts.session import signed_out

# What a browser must not be made to send again, or to keep on a page.
SECRET_WORDS = ("password", "csrfmiddlewaretoken", "token")


def is_admin(request: HttpRequest) -> bool:
    return request.path.startswith(reverse("wagtailadmin_home"))


def signed_out_page(request: HttpRequest) -> HttpResponse:
    if not request.accepts("text/html"):
        return signed_out()
    heading = _("You’ve been signed out")
    explanation = _("So nothing was saved yet. Sign in beside this page, then send it again.")
    return _kept(request, heading, explanation, HTTPStatus.UNAUTHORIZED)


def refused_page(request: HttpRequest) -> HttpResponse:
    """Answer a form whose token is not the browser's: mostly somebody signed in meanwhile."""
    if _is_about_signing_in(request):
        heading = _("Please try that once more")
        explanation = _("The page was open for too long. Open it again.")
        return _kept(request, heading, explanation, HTTPStatus.FORBIDDEN)
    if not getattr(request, "user", None) or not request.user.is_authenticated:
        return signed_out_page(request)
    heading = _("Please send that once more")
    explanation = _("The page was open since before you signed in, so nothing was saved yet.")
    return _kept(request, heading, explanation, HTTPStatus.FORBIDDEN)


def broken_page(request: HttpRequest, status: HTTPStatus) -> HttpResponse:
    heading = _("Something broke on our side")
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        heading = _("The database doesn’t answer right now")
    explanation = _("We’re sorry. Nothing of it was saved. Please try again in a moment.")
    if request.method != "POST":
        explanation = _("We’re sorry. Please try again in a moment.")
    return _kept(request, heading, explanation, status)


def _kept(request: HttpRequest, heading: str, explanation: str, status: HTTPStatus) -> HttpResponse:
    if not request.accepts("text/html"):
        answer = {"success": False, "error_code": "server_error", "error_message": heading}
        return JsonResponse(answer, status=status)
    signed_in = getattr(request, "user", None) and request.user.is_authenticated
    context = {
        "heading": heading,
        "explanation": explanation,
        "fields": _fields(request) if _comes_from_here(request) else [],
        "files": bool(request.FILES) if request.method == "POST" else False,
        "address": request.get_full_path(),
        "sign_in_url": "" if signed_in else reverse("wagtailadmin_login"),
    }
    return render(request, "pages/admin/kept_form.html", context, status=status)


def _fields(request: HttpRequest) -> list[tuple[str, str]]:
    if _is_about_signing_in(request):
        return []
    return [
        (name, value)
        for name, values in request.POST.lists()
        if not any(word in name.lower() for word in SECRET_WORDS)
        for value in values
    ]


def _is_about_signing_in(request: HttpRequest) -> bool:
    return any(word in request.path for word in ("/login/", "/password"))


def _comes_from_here(request: HttpRequest) -> bool:
    """Tell whether the browser says that our own page sent this. No other may have it resent."""
    site = request.headers.get("Sec-Fetch-Site")
    if site:
        return site == "same-origin"
    sent_by = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return urlsplit(sent_by).netloc == request.get_host()
