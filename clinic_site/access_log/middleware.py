"""No answer that shows a patient leaves before it is written down who gets it."""

from collections.abc import Callable
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clinic_site.access_log.looks import LookNotStored, Looks, noting_looks

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
