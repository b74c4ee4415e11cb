"""A form that is not as its page sends it: a 400 that shows what was typed, no mistake of ours.

Wagtail reads its forms as its own scripts write them. A field that is missing (the page's script
did not run), doubled or of another kind makes it raise whatever Python raises. Only what Wagtail's
own code raises, and only over what the request holds, is answered so; all else stays a 500.
"""

import traceback
from collections.abc import Callable, Iterator
from json import JSONDecodeError
from pathlib import Path

import wagtail
from django.conf import settings
from django.core.exceptions import BadRequest, ValidationError
from django.db import DataError
from django.http import HttpRequest, HttpResponseBase
from django.utils.datastructures import MultiValueDictKeyError

WAGTAIL = Path(wagtail.__file__).parent
LIBRARIES = WAGTAIL.parent
# Functions of Wagtail's that read a form and do nothing else, and what they may raise over it.
READERS = {"value_from_datadict", "to_database_format", "to_python"}
RAISED_BY_READERS = (AttributeError, LookupError, OverflowError, RecursionError, TypeError)
LARGEST_NUMBER = 2**63 - 1  # that a database takes


class MalformedForm(BadRequest):
    """The request lacks what the page would have sent, or holds what it never sends."""


class MalformedFormMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> None:
        where = place_in_wagtail(error)
        if where and (is_raised_by_reading(error, request) or is_about_a_value(error, request)):
            # Without the error's own words, in which there may be what somebody typed.
            raise MalformedForm(f"{type(error).__name__} in {where}") from error


def place_in_wagtail(error: Exception) -> str:
    """Return the function of Wagtail's that raised it; nothing if it was one of ours."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        path = Path(frame.filename)
        if path.is_relative_to(WAGTAIL):
            return f"{path.relative_to(LIBRARIES)}, {frame.name}"
        if path.is_relative_to(settings.BASE_DIR) and not path.is_relative_to(LIBRARIES):
            return ""
    return ""


def is_raised_by_reading(error: Exception, request: HttpRequest) -> bool:
    if isinstance(error, MultiValueDictKeyError):
        return True  # a field that was not sent
    frames = traceback.extract_tb(error.__traceback__)
    if isinstance(error, KeyError) and frames[-1].name == "clean":
        return error.args[0] not in request.POST  # nor this one
    reads = any(frame.name in READERS and "wagtail" in frame.filename for frame in frames)
    return reads and isinstance(error, (*RAISED_BY_READERS, ValueError))


def is_about_a_value(error: Exception, request: HttpRequest) -> bool:
    """Tell whether an error names what the request holds, or what no database could take of it."""
    values = set(values_sent(request))
    if isinstance(error, JSONDecodeError):
        return error.doc in values
    if isinstance(error, DataError | OverflowError):
        return any(is_beyond_all_measure(value) for value in values)
    if isinstance(error, ValueError | ValidationError | LookupError):
        words = str(error)
        return any(repr(value) in words or f"“{value}”" in words for value in values)
    return False


def values_sent(request: HttpRequest) -> Iterator[str]:
    for sent in (request.GET, request.POST):
        for _name, values in sent.lists():
            yield from map(str, values)
    if request.resolver_match:
        yield from map(str, request.resolver_match.kwargs.values())


def is_beyond_all_measure(value: str) -> bool:
    number = value.strip().lstrip("+-")
    return "\0" in value or (
        number.isdecimal() and (len(number) > 19 or int(number) > LARGEST_NUMBER)
    )
