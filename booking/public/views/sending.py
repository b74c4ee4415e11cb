"""The last press of booking: what is in progress becomes an appointment, once."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from booking.actions.classes.waiting import wait_for_seat
from booking.actions.errors import (
    AlreadySent,
    ComesAlready,
    JustTaken,
    NotOffered,
    TimeIsPast,
    TooMany,
)
from booking.actions.limits import within_limits
from booking.actions.requests import book_time, request_appointment
from booking.models import Appointment, BookingDraft
from booking.public.forms.booking import BookingForm
from booking.public.forms.steps import Step
from booking.public.in_progress import InProgress, form_key, made_of, step_address
from booking.public.ticket import done_address
from booking.public.views.steps import booking_page
from booking.return_codes import keep_letters, letters_of
from clinic_site.clinic.models.locations import Location
from clinic_site.http.csrf import lead_to
from clinic_site.http.rate_limit import client_address
from clinic_site.http.security import secret_address


@secret_address
@booking_page
def send(request: HttpRequest, location: Location, token: str) -> HttpResponse:
    """Book what was seen on the check page. Sent twice, it leads to the same appointment."""
    now, seen = timezone.now(), request.POST.get("seen", "")
    check = step_address(token, Step.CHECK)
    if request.method != "POST":
        return lead_to(check)
    draft = BookingDraft.objects.usable(now).with_token(token).first()
    if draft is None:
        made = made_of(token, now=now)
        same = made is not None and made.idempotency_key == form_key(token) + seen
        return lead_to(done_address(made, way_back(made, token)) if made and same else check)
    progress = InProgress.of(draft)
    form = progress.form(location)
    told = step_address(token, Step.CHECK, problem=True)
    if not form.is_valid():
        draft.keep(InProgress(progress.answers, at=form.reach(Step.CHECK)).stored())
        return lead_to(check)
    if seen != form.said_by(token):
        draft.keep(InProgress(progress.answers, told="changed").stored())
        return lead_to(told)
    try:
        appointment = within_limits(
            lambda: _store(form, draft, token, form_key(token) + seen),
            idempotency_key=form_key(token) + seen,
            address=client_address(request.META),
            contact=form.contact,
        )
    except ComesAlready:
        draft.keep(InProgress(progress.answers, told="twice").stored())
        return lead_to(told)
    except TooMany:
        draft.keep(InProgress(progress.answers, told="too many").stored())
        return lead_to(told)
    except (AlreadySent, JustTaken, NotOffered, TimeIsPast):
        return lead_to(check)  # which says what is sent, or asks for another time
    return lead_to(done_address(appointment, way_back(appointment, token)))


def way_back(appointment: Appointment, token: str) -> str:
    """Return the letters for whoever gave no email address, and so gets no link."""
    return "" if appointment.email else letters_of(token)


def _store(form: BookingForm, draft: BookingDraft, token: str, idempotency_key: str) -> Appointment:
    """Store the appointment and forget the draft, in the transaction of `within_limits`."""
    said = form.cleaned_data
    visit = {name: said[name] for name in ("service", "location", "practitioner")}
    visit |= {"contact": form.contact, "idempotency_key": idempotency_key}
    if form.waits and form.starts:
        same = {name: visit[name] for name in ("contact", "idempotency_key")}
        appointment = wait_for_seat(form.search, form.starts, **same)
    elif form.starts:
        appointment = book_time(**visit, starts_at=form.starts)
    else:
        wishes, wants_call = form.wishes, said["wants_call"]
        appointment = request_appointment(**visit, wishes=wishes, wants_call=wants_call)
    if letters := way_back(appointment, token):
        keep_letters(appointment, letters)
    draft.delete()
    return appointment
