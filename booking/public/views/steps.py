"""The steps of booking. Each page is a GET; a post keeps what was typed and leads to the next."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from booking.formatting import instant
from booking.models import Appointment, BookingDraft, Practitioner, Service, ServiceAssignment
from booking.public.forms.booking import ANYONE, BookingForm
from booking.public.forms.fields import read_instant
from booking.public.forms.steps import Step
from booking.public.in_progress import InProgress, made_of, step_address, typed_in
from booking.public.summary import all_answers, chosen_visit
from booking.public.ticket import done_address
from booking.public.views.choices import has_gone, times_to_choose
from booking.public.views.private_link import presses_only, private_link
from booking.return_codes import letters_of
from booking.scheduling.slots import AvailabilityQuery, is_free
from clinic_site.clinic.current import read_clinic
from clinic_site.clinic.models.locations import Location
from clinic_site.http.csrf import lead_to, public_form
from clinic_site.http.rate_limit import client_address
from clinic_site.http.security import secret_address
from clinic_site.page_views.counting.notes import note_booking_started

HEADINGS = {
    Step.START: _("What would you like to book?"),
    Step.LOCATION: _("Which location?"),
    Step.PRACTITIONER: _("Who would you like to see?"),
    Step.TIME: _("When would you like to come in?"),
    Step.WISHES: _("What works for you?"),
    Step.CONTACT: _("How can we reach you?"),
    Step.CHECK: _("Check your answers"),
}
# The parts of the way, each with its last step.
PHASES = [
    (_("Your visit"), Step.PRACTITIONER),
    (_("Time"), Step.WISHES),
    (_("You"), Step.CONTACT),
    (_("Check"), Step.CHECK),
]
# What a page says first, by the word for it in the draft.
NOTICES = {
    "too many": _(
        "We’ve had a lot of requests from your network, phone number or email address, so "
        "this one wasn’t sent. What you typed is still here. Please call us, or try again "
        "later."
    ),
    "twice": _(
        "This person already has a seat in this class, or is on its waiting list. To bring someone "
        "else, enter their name. Nothing has been sent yet."
    ),
    "changed": _(
        "Your answers changed after you saw them, maybe in another tab. Please check them again. "
        "Nothing has been sent yet."
    ),
    "expired": _(
        "We keep what you type for two hours, and this was open longer. What you typed last is "
        "still here. Please answer the rest again."
    ),
}


def booking_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give a view of the form the main location, or say that booking goes by phone."""

    @public_form
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def wrapped(request: HttpRequest, **kwargs: object) -> HttpResponse:
        location = read_clinic(request).location
        if location is None or not Service.objects.online().exists():
            if request.method == "POST":
                return lead_to(reverse("booking:start"))
            return render(request, "booking/by_phone.html")
        return view(request, location, **kwargs)

    return wrapped


@booking_page
def start(request: HttpRequest, location: Location) -> HttpResponse:
    """The first question. Its answer begins a request.

    A link may have chosen the service already (`?service=`), or the practitioner (`?with=`).
    """
    bookable = ServiceAssignment.objects.bookable()
    wanted = bookable.practitioners().filter(person__slug=request.GET.get("with", ""))
    practitioner = wanted.first()
    if request.method != "POST":
        note_booking_started(request)
        form = BookingForm(location=location)
        services = Service.objects.online()
        if practitioner:
            services = services.filter(
                pk__in=bookable.filter(practitioner=practitioner).values("service")
            )
        form.offer_services(services, chosen=request.GET.get("service", ""))
        return _page(request, form, Step.START, practitioner=practitioner)
    answers = typed_in(Step.START, request.POST)
    if practitioner:
        answers["practitioner"] = str(practitioner.pk)
    return begin_request(request, location, InProgress(answers, at=Step.START), Step.START)


def begin_request(
    request: HttpRequest, location: Location, progress: InProgress, answered: Step
) -> HttpResponse:
    """Keep a new request in progress; lead to the question after the one that was answered."""
    address = client_address(request.META)
    token = BookingDraft.objects.begin(progress.stored(), network_address=address)
    form = progress.form(location)
    return lead_to(reach(token, form, form.after(answered), problem=bool(progress.told)))


def reach(token: str, form: BookingForm, wanted: Step, *, problem: bool = False) -> str:
    """The address of a step, or of what is open before it."""
    reached = form.reach(wanted)
    return step_address(token, reached, problem=problem or form.has_mistakes(reached))


@private_link
@presses_only
def book_again(request: HttpRequest, appointment: Appointment, token: str) -> HttpResponse:
    """Begin a request with the same service and person, since people stay with who knows them.

    For one of the times that stand in place of a visit called off, with the same name as well.
    """
    location = read_clinic(request).location
    if location is None or not Service.objects.online().exists():
        return lead_to(reverse("booking:start"))
    same = {
        "service": appointment.service_id,
        "location": appointment.location_id,
        "practitioner": appointment.practitioner_id or "",
    }
    answers = {name: str(pk) for name, pk in same.items()}
    wanted = read_instant(request.POST.get("starts_at", ""))
    if wanted is None:
        return begin_request(request, location, InProgress(answers), Step.START)
    search = AvailabilityQuery(appointment.service, appointment.location, appointment.practitioner)
    if not is_free(search, wanted, now=timezone.now()):
        answers["practitioner"] = ANYONE
    answers |= {"starts_at": instant(wanted), "name": appointment.name, "email": appointment.email}
    return begin_request(request, location, InProgress(answers), Step.TIME)


@secret_address
@booking_page
def show_step(request: HttpRequest, location: Location, token: str, step: Step) -> HttpResponse:
    """Show a step with all that was typed so far, or lead to one before it that is open."""
    if request.method == "POST":
        return _take_step(request, location, token, step)
    draft = BookingDraft.objects.usable(timezone.now()).with_token(token).first()
    if draft is None:
        return _sent_or_gone(request, token)
    progress = InProgress.of(draft)
    form = progress.form(location)
    reached = form.reach(step)
    if reached.comes_after(Step.WISHES) and has_gone(form):
        return HttpResponseRedirect(step_address(token, Step.TIME, problem=True))
    if reached is not step:
        return HttpResponseRedirect(reach(token, form, step))
    return _page(request, form, step, token=token, notice=NOTICES.get(progress.told, ""))


def _take_step(request: HttpRequest, location: Location, token: str, step: Step) -> HttpResponse:
    """Keep what was typed, right or wrong; lead on, or where the button leads that was pressed."""
    typed, aside = typed_in(step, request.POST), request.POST.get("to", "")
    with transaction.atomic():
        drafts = BookingDraft.objects.usable(timezone.now()).with_token(token)
        draft = drafts.select_for_update().first()
        if draft:
            answers = InProgress.of(draft).answers | typed
            # Whoever turns aside has not said yet that the answer is complete.
            turns = aside in list(Step)
            progress = InProgress(answers, at="" if turns else step)
            draft.keep(progress.stored())
    if draft is None:
        if made_of(token, now=timezone.now()):
            return lead_to(step_address(token, step))
        return begin_request(request, location, InProgress(typed, told="expired"), Step.START)
    form = progress.form(location)
    wanted = Step(aside) if turns else form.after(step)
    return lead_to(reach(token, form, wanted))


def _sent_or_gone(request: HttpRequest, token: str) -> HttpResponse:
    """Say what was made of a request that is in progress no more, or that it has ended."""
    appointment = made_of(token, now=timezone.now())
    if appointment is None:
        return render(request, "booking/draft_gone.html", status=HTTPStatus.NOT_FOUND)
    context = {
        "appointment": appointment,
        "location": appointment.location,
        "done_url": done_address(appointment, "" if appointment.email else letters_of(token)),
    }
    return render(request, "booking/already_sent.html", context)


def _phases(step: Step) -> list[tuple[Any, str]]:
    """The parts of the way, and whether they are done, now, or to come."""
    states = ["done" if step.comes_after(last) else "next" for _name, last in PHASES]
    states[states.index("next")] = "now"
    return [(name, state) for (name, _last), state in zip(PHASES, states, strict=True)]


def _page(
    request: HttpRequest,
    form: BookingForm,
    step: Step,
    *,
    token: str = "",
    notice: Any = "",
    practitioner: Practitioner | None = None,
) -> HttpResponse:
    phases = _phases(step)
    context: dict[str, Any] = {
        "form": form,
        "step": step,
        "token": token,
        "notice": notice,
        "heading": HEADINGS[step],
        "phases": phases,
        "phase_number": [state for _name, state in phases].index("now") + 1,
        "back": form.before(step) if token else None,
        "location": form.chosen_location,
        "chosen": chosen_visit(form, step),
        "practitioner": practitioner,
    }
    if step is Step.START:
        context["by_phone"] = Service.objects.bookable().filter(mode=Service.Mode.BY_PHONE)
    if step is Step.CHECK:
        context |= {"answers": all_answers(form), "seen": form.said_by(token)}
    form.show(step)
    if step is Step.TIME:
        form.offer(times_to_choose(request, form), here=request.path)
    return render(request, f"booking/{step}.html", context)
