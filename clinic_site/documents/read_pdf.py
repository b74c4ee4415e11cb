"""Looks at a PDF that somebody sent and counts its pages, in a process of its own.

A program without Django, the settings or their secrets, since what it reads is not trusted:
`python -I read_pdf.py MEMORY SECONDS < document`. It writes the number of pages, or a `PdfError`.
"""

import logging
import os
import resource
import sys
from collections.abc import Iterator
from enum import StrEnum
from io import BytesIO
from typing import Any

from pypdf import PdfReader

# What a document does by itself, and what a reader need not have on their phone.
ACTS = ("/JavaScript", "/Launch", "/ImportData", "/SubmitForm")


class PdfError(StrEnum):
    UNKNOWN = "unknown"
    DAMAGED = "damaged"
    LOCKED = "locked"
    EMPTY = "empty"
    TOO_MANY_PAGES = "too_many_pages"
    ACTIVE = "active"
    TOO_SLOW = "too_slow"


class UnusablePdf(Exception):
    def __init__(self, code: PdfError) -> None:
        super().__init__(code)
        self.code = code


def count_pages(content: bytes, most_pages: int) -> int:
    """Return how many pages a document has. Raises UnusablePdf."""
    if not content.startswith(b"%PDF-"):
        raise UnusablePdf(PdfError.UNKNOWN)
    reader = PdfReader(BytesIO(content))
    if reader.is_encrypted:
        raise UnusablePdf(PdfError.LOCKED)
    pages = len(reader.pages)
    if not pages:
        raise UnusablePdf(PdfError.EMPTY)
    if pages > most_pages:
        raise UnusablePdf(PdfError.TOO_MANY_PAGES)
    if any(_acts(entry) for entry in _what_may_act(reader)):
        raise UnusablePdf(PdfError.ACTIVE)
    return pages


def _what_may_act(reader: PdfReader) -> Iterator[Any]:
    """Yield the document itself, what it has by name, its pages, and what is to click on them."""
    root = reader.root_object
    yield root
    yield _entry(root, "/Names")
    for page in reader.pages:
        yield page
        for annotation in _entry(page, "/Annots") or ():
            yield annotation.get_object()


def _acts(entry: Any) -> bool:
    if "/JavaScript" in (entry or ()) or "/EmbeddedFiles" in (entry or ()):
        return True
    return any(_is_act(_entry(entry, name)) for name in ("/OpenAction", "/AA", "/A"))


def _is_act(action: Any) -> bool:
    if not isinstance(action, dict):
        return False
    kinds = [action, *(_entry(action, name) for name in action)]
    return any(isinstance(each, dict) and each.get("/S") in ACTS for each in kinds)


def _entry(of: Any, name: str) -> Any:
    found: Any = of.get(name) if isinstance(of, dict) else None
    return found.get_object() if hasattr(found, "get_object") else found


def answer_for_stdin(memory: int, seconds: int, most_pages: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(5)  # readers come first
    logging.disable()
    try:
        answer = str(count_pages(sys.stdin.buffer.read(), most_pages))
    except UnusablePdf as error:
        answer = error.code
    except MemoryError:
        answer = PdfError.TOO_SLOW
    except Exception:  # whatever a damaged document does to the library
        answer = PdfError.DAMAGED
    sys.stdout.write(answer)


if __name__ == "__main__":
    answer_for_stdin(*map(int, sys.argv[1:]))
