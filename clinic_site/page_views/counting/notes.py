"""What readers do, noted in this process's memory: a note for each, until the next writing.

Noting takes no lock and asks no database. There is room for so many notes; beyond that the oldest
are lost, so that nobody can fill the memory.
"""

from collections import deque
from collections.abc import Iterable
from typing import NamedTuple

from django.http import HttpRequest

from clinic_site.page_views.counting.readers import Asked, is_reader
from clinic_site.page_views.models import DailyCount

Kind = DailyCount.Kind
MOST_NOTES = 20_000
LONGEST_REFERRER = 600  # characters
# A picture shown large or a sheet of exercises belongs to a view that has been counted.
PARTS = ("figure=", "sheet=")


class ReadingNote(NamedTuple):
    kind: Kind
    name: str  # the address of a page, or a word
    referrer: str = ""  # as the browser sent it; what is kept of it `adding_up` says


_notes: deque[ReadingNote] = deque(maxlen=MOST_NOTES)


def note_view(request: Asked) -> None:
    meta = request.META
    if is_reader(request) and not meta.get("QUERY_STRING", "").startswith(PARTS):
        _notes.append(ReadingNote(Kind.PAGE, request.path, _referrer(request)))


def note_booking_started(request: HttpRequest) -> None:
    """Note that the booking form was opened; the page that led there is in the referrer."""
    if is_reader(request) and (referrer := _referrer(request)):
        _notes.append(ReadingNote(Kind.BOOKING, request.path, referrer))


def note_search(request: HttpRequest, words: Iterable[str]) -> None:
    """Note each of `words` by itself. The caller leaves out what may tell of somebody."""
    if is_reader(request):
        _notes.extend(ReadingNote(Kind.WORD, word) for word in words)


def take_notes() -> list[ReadingNote]:
    """Return the notes and forget them. Others may go on noting."""
    return [_notes.popleft() for _number in range(len(_notes))]


def _referrer(request: Asked) -> str:
    return request.META.get("HTTP_REFERER", "")[:LONGEST_REFERRER]
