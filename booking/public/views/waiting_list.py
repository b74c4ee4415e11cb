"""The waiting list, for patients who would come earlier: joined or left, its offers answered."""

from contextlib import suppress

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from booking.actions.errors import OfferGone, StaleAppointment, TransitionNotAllowed
from booking.actions.waiting_list import (
    accept_offer,
    decline_offer,
    find_offer,
    join_waiting_list,
    leave_waiting_list,
)
from booking.models import Appointment, WaitingListOffer
from booking.parts_of_day import PartOfDay
from booking.public.ticket import redirect_to_done
from booking.public.views.private_link import (
    changes_by_link,
    lead_to_visit,
    presses_only,
    private_link,
    said_undone,
)
from clinic_site.http.csrf import lead_to


@private_link
@presses_only
def waiting_list(request: HttpRequest, appointment: Appointment, token: str) -> HttpResponse:
    """Put the patient on the waiting list for an earlier time, or take them off it."""
    if "leave" in request.POST:
        leave_waiting_list(appointment)
    else:
        said = request.POST.get("part_of_day", "")
        part = said if said in PartOfDay.values else PartOfDay.ANY
        with suppress(TransitionNotAllowed):  # the page says how the visit stands
            join_waiting_list(appointment, part_of_day=part)
    return lead_to_visit(token)


def _has_answered(said: QueryDict, appointment: Appointment) -> bool:
    """Tell whether the offer that a form was about has ended as the form asks."""
    ended = {"take": WaitingListOffer.State.ACCEPTED, "leave": WaitingListOffer.State.PASSED}
    state = ended.get(said.get("answer", ""))
    offers = WaitingListOffer.objects.filter(entry__appointment=appointment, state=state)
    return said.get("offer", "") in map(str, offers.values_list("pk", flat=True))


@changes_by_link("changed", _has_answered)
@require_http_methods(["GET", "HEAD", "POST"])
def answer_offer(request: HttpRequest, appointment: Appointment, token: str) -> HttpResponse:
    """Show the earlier time that is held for the patient; on a post take it or leave it."""
    offer = find_offer(token, now=timezone.now())
    if request.method != "POST":
        context = {
            "undone": said_undone(request),
            "appointment": appointment,
            "location": appointment.location,
            "token": token,
            "offer": offer,
        }
        return render(request, "booking/offer.html", context)
    here = reverse("booking:offer", args=[token])
    # An old page may show a time that is gone, while another one is held by now.
    if offer is None or request.POST.get("offer") != str(offer.pk):
        if _has_answered(request.POST, appointment):
            return redirect_to_done(appointment)  # posted twice
        return lead_to(f"{here}?undone=changed")
    try:
        if request.POST.get("answer") == "take":
            return redirect_to_done(accept_offer(offer))
        decline_offer(offer)
    except (OfferGone, StaleAppointment, TransitionNotAllowed):
        return lead_to(here)
    return lead_to_visit(token)
