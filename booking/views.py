from collections.abc import Callable
from functools import wraps
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from booking.forms import ANSWERS, BookingForm, Step
from booking.models import Appointment, Service
from booking.services import request_appointment
from clinic_site.context import read_clinic
from clinic_site.models import Location
from clinic_site.security import public_form

HEADINGS = {
    Step.START: _("Book an appointment"),
    Step.CONTACT: _("How do we reach you?"),
    Step.CHECK: _("Check your answers"),
}


def booking_form(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give a view of the form its location, or say that booking goes by phone."""

    @public_form
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def wrapped(request: HttpRequest, **kwargs: object) -> HttpResponse:
        location = read_clinic(request).location
        if location is None or not Service.objects.bookable().exists():
            return render(request, "booking/by_phone.html")
        return view(request, location, **kwargs)

    return wrapped


@booking_form
def show_step(request: HttpRequest, location: Location, step: Step) -> HttpResponse:
    """Show a step with everything typed so far, or the first one before it with a mistake."""
    if request.method == "POST":
        form = BookingForm(request.POST, location=location)
        reached = form.reach(step)
        return _page(request, form, reached, mistakes=reached is not step)
    if step is not Step.START:
        return redirect("booking:start")
    return _page(request, BookingForm(location=location), step, mistakes=False)


@booking_form
def send(request: HttpRequest, location: Location) -> HttpResponse:
    if request.method != "POST":
        return redirect("booking:start")
    form = BookingForm(request.POST, location=location)
    if not form.is_valid():
        return _page(request, form, form.reach(Step.CHECK), mistakes=True)
    appointment = request_appointment(
        service=form.cleaned_data["service"],
        location=location,
        contact=form.contact,
        wishes=[form.wish],
        submission_key=form.submission_key(*ANSWERS),
    )
    thanks = reverse("booking:received", args=[appointment.reference])
    return HttpResponseRedirect(thanks, status=HTTPStatus.SEE_OTHER)


@never_cache
@require_safe
def received(request: HttpRequest, reference: str) -> HttpResponse:
    """What happens next. The address may be seen by others, so the page names nobody."""
    appointment = get_object_or_404(
        Appointment.objects.select_related("location"), reference=reference
    )
    context = {"reference": appointment.reference, "location": appointment.location}
    return render(request, "booking/received.html", context)


def _page(request: HttpRequest, form: BookingForm, step: Step, *, mistakes: bool) -> HttpResponse:
    onward = form.after(step)
    form.show(step, mistakes=mistakes)
    context = {
        "form": form,
        "heading": HEADINGS[step],
        "location": form.location,
        "number": list(Step).index(step) + 1,
        "steps": len(Step),
        "onward_url": reverse(f"booking:{onward}"),
    }
    page = render(request, f"booking/{step}.html", context)
    if not form.names_somebody():
        # The browser may keep it for its Back button; the next step would be lost without it.
        patch_cache_control(page, private=True, no_cache=True)
    return page
