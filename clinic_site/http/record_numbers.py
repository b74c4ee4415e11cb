"""An address with a number that no record can have is of none, whatever is there."""

from collections.abc import Callable
from typing import Any

from django.db.models import BigIntegerField
from django.http import Http404, HttpRequest, HttpResponseBase

LARGEST = BigIntegerField.MAX_BIGINT
NUMBERS = ("pk", "object_id")  # what Wagtail calls them where it takes any text for one


class RecordNumberMiddleware:
    """Asks the database for no number that it cannot hold, and has none noted."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, _request: HttpRequest, _view: Any, _positional: Any, named: dict[str, Any]
    ) -> None:
        if any(_is_too_large(name, value) for name, value in named.items()):
            raise Http404


def _is_too_large(name: str, value: Any) -> bool:
    if name in NUMBERS and isinstance(value, str) and value.isdecimal():
        value = int(value[:30])  # longer still is as large
    return isinstance(value, int) and value > LARGEST
