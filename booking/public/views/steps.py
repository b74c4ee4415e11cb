"""The steps of booking, each a page that holds all that was typed before it."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from booking.actions.errors import AlreadySent, JustTaken, NotOffered, TimeIsPast, TooMany
from booking.actions.limits import within_limits
from booking.actions.requests import book_time, request_appointment
from booking.models import Appointment, Service
from booking.public.forms.booking import BookingForm
from booking.public.forms.steps import Step
from booking.public.summary import all_answers, chosen_visit
from booking.public.timetable import Timetable, next_times, read_week, times_instead, times_of_week
from booking.public.views.ticket import redirect_to_done
from booking.scheduling.slots import Slot, is_free, nearest_free_times
from clinic_site.clinic.current import read_clinic
from clinic_site.clinic.models.locations import Location
from clinic_site.http.csrf import public_form
from clinic_site.http.rate_limit import client_address

HEADINGS = {
    Step.START: _("What would you like to come for?"),
    Step.PLACE: _("Where would you like to come?"),
    Step.PERSON: _("Whom would you like to see?"),
    Step.TIME: _("When would you like to come?"),
    Step.WISHES: _("When would suit you?"),
    Step.CONTACT: _("How do we reach you?"),
    Step.CHECK: _("Check your answers"),
}
# The parts of the way, each with its last step.
PHASES = [
    (_("Your visit"), Step.PERSON),
    (_("Time"), Step.WISHES),
    (_("You"), Step.CONTACT),
    (_("Check"), Step.CHECK),
]
GONE = _("This time has just been taken. Please choose another; those nearest to it come first.")
NOT_FREE = _("This time is not free. Please choose another; those nearest to it come first.")
TOO_MANY = _(
    "So many appointments have been asked for from your network, or for your phone number or email "
    "address, that this one was not sent. What you wrote is still here. Please call us, or try "
    "again later."
)


def booking_form(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give a view of the form the main location, or say that booking goes by phone."""

    @public_form
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def wrapped(request: HttpRequest, **kwargs: object) -> HttpResponse:
        location = read_clinic(request).location
        if location is None or not Service.objects.online().exists():
            return render(request, "booking/by_phone.html")
        return view(request, location, **kwargs)

    return wrapped


@booking_form
def show_step(request: HttpRequest, location: Location, step: Step) -> HttpResponse:
    """Show a step with everything typed so far, or the first one before it that is open."""
    if request.method != "POST":
        if step is not Step.START:
            return redirect("booking:start")
        return _page(request, BookingForm(location=location), step)
    form = BookingForm(request.POST, location=location)
    reached = form.reach(step)
    if reached is Step.CHECK and form.is_valid() and (sent := _sent_before(form)):
        return redirect_to_done(sent)
    if reached is Step.CHECK and form.is_valid() and (other := _sent_otherwise(form)):
        return _already_sent(request, other)
    starts = form.starts if reached.comes_after(Step.WISHES) else None
    if starts and not is_free(form.search, starts, now=timezone.now()):
        return _other_times(request, form, NOT_FREE)
    mistakes = reached is not step and form.has_errors_at(reached)
    return _page(request, form, reached, mistakes=mistakes)


@booking_form
def send(request: HttpRequest, location: Location) -> HttpResponse:
    if request.method != "POST":
        return redirect("booking:start")
    form = BookingForm(request.POST, location=location)
    if not form.is_valid():
        return _page(request, form, form.reach(Step.CHECK), mistakes=True)
    try:
        appointment = within_limits(
            lambda: _store(form),
            idempotency_key=form.key,
            address=client_address(request.META),
            contact=form.contact,
        )
    except AlreadySent as already:
        return _already_sent(request, already.appointment)
    except JustTaken as taken:
        return _other_times(request, form, GONE, taken.nearest)
    except (NotOffered, TimeIsPast):
        return _other_times(request, form, NOT_FREE)
    except TooMany:
        form.add_error(None, TOO_MANY)
        page = _page(request, form, Step.CHECK, mistakes=True)
        page.status_code = HTTPStatus.TOO_MANY_REQUESTS
        return page
    return redirect_to_done(appointment)


def _store(form: BookingForm) -> Appointment:
    said = form.cleaned_data
    visit = {name: said[name] for name in ("service", "location", "practitioner")}
    if form.starts:
        return book_time(
            **visit, starts_at=form.starts, contact=form.contact, idempotency_key=form.key
        )
    return request_appointment(
        **visit,
        wishes=form.wishes,
        wants_call=said["wants_call"],
        contact=form.contact,
        idempotency_key=form.key,
    )


def _sent_before(form: BookingForm) -> Appointment | None:
    """What this very form has made already: whoever comes back to it is led on, not asked again."""
    return Appointment.objects.filter(idempotency_key=form.key).first()


def _sent_otherwise(form: BookingForm) -> Appointment | None:
    return Appointment.objects.of_same_form(form.key).first()


def _already_sent(request: HttpRequest, appointment: Appointment) -> HttpResponse:
    """Say what this form has made with other answers, and how to change that or book another."""
    context = {
        "appointment": appointment,
        "location": appointment.location,
        "done_url": redirect_to_done(appointment)["Location"],
    }
    page = render(request, "booking/already_sent.html", context, status=HTTPStatus.CONFLICT)
    patch_cache_control(page, private=True, no_store=True)
    return page


def _other_times(
    request: HttpRequest, form: BookingForm, why: Any, instead: list[Slot] | None = None
) -> HttpResponse:
    """Ask for another time, with the nearest free ones; everything else that was typed is kept."""
    wanted, search, now = form.starts, form.search, timezone.now()
    assert wanted  # noqa: S101 - asked for by the callers
    if instead is None:
        instead = nearest_free_times(search, wanted, now=now)
    form.refuse_time(why)
    timetable = times_instead(search, wanted, instead, now=now)
    return _page(request, form, Step.TIME, mistakes=True, timetable=timetable)


def _phases(step: Step) -> list[tuple[Any, str]]:
    """The parts of the way, and whether they are done, now, or to come."""
    states = ["done" if step.comes_after(last) else "next" for _name, last in PHASES]
    states[states.index("next")] = "now"
    return [(name, state) for (name, _last), state in zip(PHASES, states, strict=True)]


def _timetable(request: HttpRequest, form: BookingForm) -> Timetable:
    """The week that is asked for, or that of the time chosen, or the next free times."""
    now, chosen = timezone.now(), form.cleaned_data.get("starts_at")
    zone = form.cleaned_data["location"].zone
    day = read_week(request.POST.get("week", "")) or (chosen and chosen.astimezone(zone).date())
    if day and "soonest" not in request.POST:
        return times_of_week(form.search, day, now=now, chosen=chosen)
    return next_times(form.search, now=now)


def _page(
    request: HttpRequest,
    form: BookingForm,
    step: Step,
    *,
    mistakes: bool = False,
    timetable: Timetable | None = None,
) -> HttpResponse:
    onward = form.after(step)
    context: dict[str, Any] = {
        "form": form,
        "step": step,
        "heading": HEADINGS[step],
        "phases": _phases(step),
        "location": form.place,
        "onward_url": reverse(f"booking:{onward}"),
        "chosen": chosen_visit(form, step),
    }
    if step is Step.START:
        context["by_phone"] = Service.objects.bookable().filter(mode=Service.Mode.BY_PHONE)
    if step is Step.TIME:
        form.offer(timetable or _timetable(request, form))
    if step is Step.CHECK:
        context["answers"] = all_answers(form)
    form.show(step, mistakes=mistakes)
    page = render(request, f"booking/{step}.html", context)
    if not form.names_somebody():
        # The browser may keep it for its Back button; the next step would be lost without it.
        patch_cache_control(page, private=True, no_cache=True)
    return page
