"""The pages behind a patient's private link. To look changes nothing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from booking.services import find_appointment


@never_cache
@require_safe
def show_visit(request: HttpRequest, token: str) -> HttpResponse:
    """Show the appointment that a private link leads to. Unknown and expired ones look alike."""
    appointment = find_appointment(token, now=timezone.now())
    if appointment is None:
        return render(request, "booking/link_gone.html", status=404)
    context = {"appointment": appointment, "location": appointment.location}
    return render(request, "booking/visit.html", context)
