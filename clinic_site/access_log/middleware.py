"""No answer leaves before it is written down whom it shows to whom, or that it was refused."""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from clinic_site.access_log.looks import LookNotStored, Looks, note_records, noting_looks
from clinic_site.access_log.models import AccessLine
from clinic_site.accounts.session_timeout import is_signed_in

NOT_TOLD = _(
    "We can’t show what came of that right now. It may have been saved, so please check before "
    "you do it again."
)


class AccessLogMiddleware:
    """Stores the looks that the views have noted. If that fails, nobody sees the answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with noting_looks(Looks(request)) as looks:
            response = self.get_response(request)
            if is_refused(request, response):
                note_refusal(request)
        if response.status_code < HTTPStatus.INTERNAL_SERVER_ERROR:
            try:
                looks.store(timezone.now())
            except LookNotStored:
                forget_messages(request)
                if not leads_on(request, response):
                    raise
                messages.warning(request, NOT_TOLD)
        return response


def forget_messages(request: HttpRequest) -> None:
    """Take what waits for the next page out of its cookie: it may name whoever is not noted."""
    for _message in messages.get_messages(request):
        pass  # read is forgotten


def leads_on(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Tell whether a form was taken and the answer itself shows nobody.

    What was done is done: “nothing was saved” would have it done twice.
    """
    return request.method == "POST" and "Location" in response.headers


_tables: dict[str, str] = {}


def register_records_of_screens(tables: Mapping[str, str]) -> None:
    """Say whose number stands in addresses: "app.model" by their name or their namespace."""
    _tables.update(tables)


def note_refusal(request: HttpRequest) -> None:
    """Note who was refused; with an address that is about one record, of whose."""
    match = request.resolver_match
    if match is None:
        return
    name = match.view_name or ""
    table = _tables.get(name) or _tables.get(match.namespace, "")
    number = match.kwargs.get("pk") if table else None
    note_records(table, [number], kind=AccessLine.Kind.REFUSED)


def is_refused(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Tell whether somebody who is signed in may not have what they asked the admin for."""
    home = reverse("wagtailadmin_home")
    if not request.path.startswith(home) or not is_signed_in(request):
        return False
    if response.status_code == HTTPStatus.FORBIDDEN:
        return True
    return response.headers.get("Location") == home and _says_no(request)


def _says_no(request: HttpRequest) -> bool:
    """Wagtail leads to the start page, with a message, which stays for that page to show."""
    waiting: Any = messages.get_messages(request)
    newest = ([*map(str, waiting)] or [""])[-1].strip()
    waiting.used = False
    return newest == gettext("Sorry, you do not have permission to access this area.")
