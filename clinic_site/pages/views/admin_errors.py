"""What the admin says when a form was not taken. It keeps the form: nothing typed is lost."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from clinic_site.accounts.session import signed_out
from clinic_site.admin.malformed_forms import ContradictingForm, MalformedForm, OversizedForm
from clinic_site.clinic.current import last_read_clinic
from clinic_site.pages.views.kept_forms import comes_from_here, typed_fields

RETRY_AFTER = "30"  # seconds


def is_admin(request: HttpRequest) -> bool:
    return request.path.startswith(reverse("wagtailadmin_home"))


def signed_out_page(request: HttpRequest) -> HttpResponse:
    if not request.accepts("text/html"):
        return signed_out()
    heading = _("You’ve been signed out")
    explanation = _("Nothing was saved yet. Sign in on another tab, then send it again.")
    return _kept(request, heading, explanation, HTTPStatus.UNAUTHORIZED)


def refused_page(request: HttpRequest) -> HttpResponse:
    """Answer a form whose token is not the browser's: mostly somebody signed in meanwhile."""
    if _is_about_signing_in(request):
        heading = _("Please try that again")
        explanation = _("The page was open for too long. Open it again.")
        return _kept(request, heading, explanation, HTTPStatus.FORBIDDEN)
    if not getattr(request, "user", None) or not request.user.is_authenticated:
        return signed_out_page(request)
    heading = _("Please send that again")
    explanation = _("You opened this page before you signed in, so nothing was saved yet.")
    return _kept(request, heading, explanation, HTTPStatus.FORBIDDEN)


def broken_page(
    request: HttpRequest, status: HTTPStatus, *, may_be_saved: bool = False
) -> HttpResponse:
    heading = _("Something went wrong on our end")
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        heading = _("The database doesn’t answer right now")
    explanation = _("We’re sorry. Nothing was saved. Please try again in a moment.")
    if request.method != "POST":
        explanation = _("We’re sorry. Please try again in a moment.")
    elif may_be_saved:
        explanation = _(
            "We’re sorry. This may have been saved already. Please check in another tab before you "
            "send it again."
        )
    return _kept(request, heading, explanation, status)


def still_sending_page(request: HttpRequest) -> HttpResponse:
    """Answer a form that came twice, as long as the first of the two is not answered."""
    heading = _("Your form is still being saved")
    explanation = _("It came twice, and will be saved once. Give it a moment, then check.")
    return _kept(request, heading, explanation, HTTPStatus.CONFLICT, is_the_same=True)


def malformed_page(request: HttpRequest, why: MalformedForm) -> HttpResponse:
    """Answer a form that its page would not send so; see `clinic_site.admin.malformed_forms`."""
    heading = _("Something was missing from that form")
    explanation = _("Please open the page again and try again.")
    if isinstance(why, OversizedForm):
        heading = _("Something in that form is too long or too large")
        explanation = _("Nothing was saved. Please open the page again and make it shorter.")
    elif isinstance(why, ContradictingForm):
        heading = _("That conflicts with something saved in the meantime")
        explanation = _(
            "Nothing was saved. Maybe someone just added the same thing. Please open the page "
            "again to see how it looks now."
        )
    elif request.method == "POST":
        explanation = _(
            "Nothing was saved. Please open the page again and send it from there. If it keeps "
            "happening, check that JavaScript is on in your browser: the editor needs it."
        )
    return _kept(request, heading, explanation, HTTPStatus.BAD_REQUEST, is_shown=True)


def _kept(
    request: HttpRequest,
    heading: str,
    explanation: str,
    status: HTTPStatus,
    is_shown: bool = False,
    is_the_same: bool = False,
) -> HttpResponse:
    """Keep the form, to be sent again; or, if that would be of no use, show what was typed."""
    if not request.accepts("text/html"):
        code = "server_error" if status >= HTTPStatus.INTERNAL_SERVER_ERROR else "malformed"
        answer = {"success": False, "error_code": code, "error_message": heading}
        return JsonResponse(answer, status=status)
    signed_in = getattr(request, "user", None) and request.user.is_authenticated
    is_outage = status == HTTPStatus.SERVICE_UNAVAILABLE
    # Of what is about signing in nothing is kept, but for who wanted to while nobody could.
    asks_password = is_outage and request.method == "POST" and "/login/" in request.path
    is_kept = comes_from_here(request) and (asks_password or not _is_about_signing_in(request))
    context = {
        "clinic": last_read_clinic(),
        "heading": heading,
        "explanation": explanation,
        "asks_password": asks_password,
        "is_shown": is_shown,
        "same_token": request.POST.get("csrfmiddlewaretoken") if is_the_same else "",
        "fields": typed_fields(request) if is_kept else [],
        "files": bool(request.FILES) if request.method == "POST" else False,
        "address": request.get_full_path(),
        "sign_in_url": "" if signed_in else reverse("wagtailadmin_login"),
    }
    page = render(request, "pages/admin/kept_form.html", context, status=status)
    if is_outage:
        page["Retry-After"] = RETRY_AFTER
    return page


def _is_about_signing_in(request: HttpRequest) -> bool:
    return any(word in request.path for word in ("/login/", "/password"))
