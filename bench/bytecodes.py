"""How many of Python's instructions a request takes in the site itself: the same on every run."""

import sys
from collections.abc import Iterable
from types import FrameType
from typing import Any

from django.test import RequestFactory


def bytecodes(address: str) -> int:
    """Count what the fourth request for `address` takes, when everything is known by then."""
    from clinic_site.wsgi import application

    def ask() -> None:
        environ = RequestFactory().get(address, headers={"host": "127.0.0.1"}).environ
        _read(application(environ, lambda *_started: None))

    for _time in range(3):
        ask()
    count = 0

    def trace(frame: FrameType, event: str, _argument: Any) -> Any:
        nonlocal count
        if event == "call":
            frame.f_trace_opcodes, frame.f_trace_lines = True, False
        elif event == "opcode":
            count += 1
        return trace

    sys.settrace(trace)
    try:
        ask()
    finally:
        sys.settrace(None)
    return count


def _read(answer: Iterable[bytes]) -> None:
    b"".join(answer)
    if close := getattr(answer, "close", None):
        close()
