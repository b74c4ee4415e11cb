"""A form that is not as its page sends it: a 400 that shows what was typed, no mistake of ours.

Wagtail reads its forms as its own scripts write them. A field that is missing (the page's script
did not run), doubled or of another kind makes it raise whatever Python raises. Only what Wagtail's
own code raises, and only over what the request holds, is answered so; all else stays a 500.
"""

import re
import sys
import traceback
from collections.abc import Callable, Iterator
from json import JSONDecodeError
from pathlib import Path
from typing import Any

import wagtail
from django.conf import settings
from django.core.exceptions import BadRequest, ObjectDoesNotExist, ValidationError
from django.core.paginator import InvalidPage
from django.db import DataError, IntegrityError, OperationalError
from django.forms import IntegerField
from django.forms.formsets import TOTAL_FORM_COUNT
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.urls import reverse
from django.utils.datastructures import MultiValueDictKeyError
from draftjs_exporter.error import ExporterException

WAGTAIL = Path(wagtail.__file__).parent
LIBRARIES = WAGTAIL.parent
# Functions of Wagtail's that read a form and do nothing else, and what they may raise over it.
READERS = {"value_from_datadict", "to_database_format", "to_python"}
RAISED_BY_READERS = (
    AttributeError,
    ExporterException,
    LookupError,
    OverflowError,
    RecursionError,
    TypeError,
    ValueError,
)
LARGEST_NUMBER = 2**31 - 1  # that every column of numbers takes
TOO_LONG_TO_FIND = "LIKE or GLOB pattern too complex"  # SQLite's words
LONGEST_TO_FIND = 50_000
TOO_MANY_DIGITS = "for integer string conversion"  # the words of Python's `int`
REPEATED = 200  # characters that it repeats of what is no number
TOO_LONG = re.compile(r"value too long for type character varying\((\d+)\)")  # PostgreSQL's words


class MalformedForm(BadRequest):
    """The request lacks what the page would have sent, or holds what it never sends."""


class OversizedForm(MalformedForm):
    """Something in it is longer or larger than the database takes."""


class ContradictingForm(MalformedForm):
    """What it says cannot stand beside what is stored, such as what somebody has just added."""


class MalformedFormMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> None:
        if not request.path.startswith(reverse("wagtailadmin_home")):
            return
        request.GET = without_odd_next(request.GET)  # type: ignore[assignment]
        if request.method == "POST":
            request.POST = without_odd_next(request.POST)  # type: ignore[assignment]
            if counts_more_than_it_sends(request.POST):
                raise MalformedForm("A form counts more parts than it has.")

    def process_exception(self, request: HttpRequest, error: Exception) -> None:
        kind = kind_of(error, request)
        if kind and (where := place_in_wagtail(error)):
            # Without the error's own words, in which there may be what somebody typed.
            raise kind(f"{type(error).__name__} in {where}") from error


def without_odd_next(sent: QueryDict) -> QueryDict:
    """Return what was sent without a `next` that Django would take for the name of a view.

    Views lead there once all is done and saved, and would break then.
    """
    following = sent.get("next")
    if not following or "/" in following or "." in following:
        return sent
    sent = sent.copy()
    del sent["next"]
    return sent


def counts_more_than_it_sends(sent: QueryDict) -> bool:
    """Tell whether a form names a number of rows that it cannot hold.

    Of each row at least a field is sent. Django makes up to 2,000 out of nothing, for a minute.
    """
    counts = (value for name, value in sent.items() if name.endswith(f"-{TOTAL_FORM_COUNT}"))
    return any(number_in(str(count)) > len(sent) for count in counts)


def number_in(text: str) -> int:
    """Return what Django's forms read in it, and nothing if they would refuse it."""
    try:
        return IntegerField(required=False).to_python(text) or 0
    except ValidationError:
        return 0


def kind_of(error: Exception, request: HttpRequest) -> type[MalformedForm] | None:
    if isinstance(error, IntegrityError):
        return ContradictingForm if request.method == "POST" else None
    if isinstance(error, DataError | OperationalError | OverflowError) and is_too_much(
        error, request
    ):
        return OversizedForm
    is_malformed = is_raised_by_reading(error, request) or is_about_a_value(error, request)
    return MalformedForm if is_malformed else None


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
    if isinstance(error, ObjectDoesNotExist):
        asking = next(frame for frame in reversed(frames) if "wagtail" in frame.filename)
        return "request." in str(asking.line)  # whose id comes from the request as it is
    reads = any(frame.name in READERS and "wagtail" in frame.filename for frame in frames)
    return reads and isinstance(error, RAISED_BY_READERS)


def is_about_a_value(error: Exception, request: HttpRequest) -> bool:
    """Tell whether an error names what the request holds."""
    values = set(values_sent(request))
    if isinstance(error, InvalidPage):
        return True  # of a list; which page, only the request says
    if isinstance(error, JSONDecodeError):
        return error.doc in values
    if isinstance(error, ValueError | ValidationError | LookupError):
        words = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
        if TOO_MANY_DIGITS in words:
            return any(len(value) > sys.get_int_max_str_digits() for value in values)
        return any(repr(value)[:REPEATED] in words or f"“{value}”" in words for value in values)
    return False


def is_too_much(error: Exception, request: HttpRequest) -> bool:
    """Tell whether the request holds what the database, or one of its columns, does not take."""
    if isinstance(error, OperationalError) and str(error) != TOO_LONG_TO_FIND:
        return False  # an outage
    column = TOO_LONG.search(str(error))
    longest = int(column[1]) if column else LONGEST_TO_FIND
    return any(
        len(value) > longest or is_beyond_all_measure(value) for value in values_sent(request)
    )


def values_sent(request: HttpRequest) -> Iterator[str]:
    for sent in (request.GET, request.POST):
        for _name, values in sent.lists():
            yield from map(str, values)
    if request.resolver_match:
        yield from map(str, request.resolver_match.kwargs.values())


def is_beyond_all_measure(value: str) -> bool:
    number = value.strip().lstrip("+-")
    return "\0" in value or (
        number.isdecimal() and (len(number) > 10 or int(number) > LARGEST_NUMBER)
    )
