"""Whether a patient wants the email after a visit, on the visit's page or by a mail program."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from booking.actions.reminders import set_next_visit_emails
from booking.models import Appointment
from booking.public.views.private_link import lead_to_visit, presses_only, private_link


@csrf_exempt  # RFC 8058: the mail program posts, without a page of ours; the link is the right
@private_link
@presses_only
def next_visit_emails(request: HttpRequest, appointment: Appointment, token: str) -> HttpResponse:
    """End the emails after visits, or have them sent again."""
    set_next_visit_emails(appointment, wanted="wanted" in request.POST)
    if request.POST.get("List-Unsubscribe") == "One-Click":
        return HttpResponse(status=HTTPStatus.OK)  # mail programs must not be led elsewhere
    return lead_to_visit(token)
