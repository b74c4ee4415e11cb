from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from clinic_site.page_views.counting.notes import note_view

SHOWN = (200, 304)  # 304: the browser shows what it has


class PageViewsMiddleware:
    """Notes which page a reader has been shown. Cached pages are noted as they are answered."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if getattr(request, "is_public_page", False) and response.status_code in SHOWN:
            note_view(request)
        return response
