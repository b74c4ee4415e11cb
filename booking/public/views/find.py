"""The way back of a patient without an email: the reference and eight letters."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from booking.models import BookingDraft
from booking.public.forms.find import LONGEST, FindForm
from booking.public.views.private_link import lead_to_visit
from booking.return_codes import open_by_letters
from clinic_site.clinic.current import read_clinic
from clinic_site.http.csrf import lead_to, public_form
from clinic_site.http.rate_limit import TooManyRequests, client_address
from clinic_site.http.security import secret_address

REFUSALS = {
    "wrong": _(
        "Those letters don’t match that reference. Please check both, or call us and we’ll find it."
    ),
    "too many": _("That’s too many tries for now. Please try again in an hour, or call us."),
}


@public_form
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """Ask for the reference and the letters; they lead to the private link's page."""
    if request.method == "POST":
        return _open(request)
    return _page(request, FindForm())


@secret_address
@public_form
@require_http_methods(["GET", "HEAD", "POST"])
def find_again(request: HttpRequest, token: str) -> HttpResponse:
    """The same after a mistake. The letters are a secret, and typed anew."""
    if request.method == "POST":
        return _open(request, token)
    draft = BookingDraft.objects.usable(timezone.now()).with_token(token).first()
    if draft is None:
        return _page(request, FindForm())
    said = draft.content
    form = FindForm({"reference": said["reference"], "letters": ""})
    form.full_clean()
    if refused := REFUSALS.get(said["refused"]):
        form.errors.pop("letters", None)
        form.add_error(None, refused)
    return _page(request, form)


def _open(request: HttpRequest, token: str = "") -> HttpResponse:
    form, address, refused = FindForm(request.POST), client_address(request.META), ""
    if form.is_valid():
        typed = form.cleaned_data
        try:
            link = open_by_letters(
                typed["reference"], typed["letters"], network_address=address, now=timezone.now()
            )
            if link:
                BookingDraft.objects.with_token(token).delete()
                return lead_to_visit(link)
            refused = "wrong"
        except TooManyRequests:
            refused = "too many"
    content = {"reference": request.POST.get("reference", "")[:LONGEST], "refused": refused}
    draft = BookingDraft.objects.usable(timezone.now()).with_token(token).first()
    if draft:
        draft.keep(content)
    else:
        token = BookingDraft.objects.begin(content, network_address=address)
    return lead_to(reverse("booking:find_again", args=[token]) + "#problem")


def _page(request: HttpRequest, form: FindForm) -> HttpResponse:
    location = read_clinic(request).location
    return render(request, "booking/find.html", {"form": form, "location": location})
