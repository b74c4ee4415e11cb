"""What is sent by a method that a page does not know is a 405, whatever else is wrong with it."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.urls import reverse
from django.utils.module_loading import import_string
from django.views import View
from django.views.generic.edit import DeletionMixin, ProcessFormView

EVERYBODYS = ("GET", "HEAD", "OPTIONS")


class MethodMiddleware:
    """Stands before the check of forms, and gives a 405 that has no words the site's page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        is_bare = isinstance(response, HttpResponse) and not response.content
        if is_bare and response.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            page: HttpResponse = import_string(settings.METHOD_FAILURE_VIEW)(request)
            page["Allow"] = response.get("Allow", ", ".join(EVERYBODYS))  # not all of Wagtail's say
            return page
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], *_arguments: Any
    ) -> HttpResponse | None:
        if request.method in EVERYBODYS or _knows(view, request):
            return None
        return HttpResponseNotAllowed(
            [*EVERYBODYS, *(["POST"] if _takes_forms(view, request) else [])]
        )


def _knows(view: Callable[..., Any], request: HttpRequest) -> bool:
    if request.method == "POST":
        return _takes_forms(view, request)
    # Only a class can say that it knows one of the others. Django's forms take them for a post.
    method = str(request.method).lower()
    view_class = getattr(view, "view_class", None)
    known = getattr(view_class, method, None) if method in View.http_method_names else None
    return known not in (None, ProcessFormView.put, DeletionMixin.delete)


def _takes_forms(view: Callable[..., Any], request: HttpRequest) -> bool:
    """Public pages that do are marked; of the admin's each sees to it by itself."""
    is_marked = getattr(view, "public_form", False) or getattr(view, "csrf_exempt", False)
    return is_marked or request.path.startswith(reverse("wagtailadmin_home"))
