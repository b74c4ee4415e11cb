"""How a line of the log reads: for people, or as JSON for programs (`LOG_FORMAT=json`).

Times are UTC, whatever the clinic's zone and the server's: lines of several machines and programs
are read side by side.
"""

import json
import logging
import time
import traceback

from django.db import InterfaceError, OperationalError

from clinic_site.logs.redaction import redacted
from clinic_site.logs.request_id import current_request_id


class LineFormatter(logging.Formatter):
    """`2027-01-03T20:15:00Z WARNING django.request [3f0c8d…]: Not Found: /nowhere/`"""

    converter = time.gmtime  # type: ignore[assignment]
    default_time_format = "%Y-%m-%dT%H:%M:%SZ"
    default_msec_format = ""

    def format(self, record: logging.LogRecord) -> str:
        request_id = current_request_id()
        source = f"{record.name} [{request_id}]" if request_id else record.name
        message = redacted(record.getMessage())
        line = f"{self.formatTime(record)} {record.levelname} {source}: {message}"
        if outage := _outage(record):
            return f"{line}: {outage}"
        return "\n".join([line, *_traceback(record)])


class JsonFormatter(logging.Formatter):
    """One object to a line: time, level, logger, message, request_id, error, traceback."""

    converter = time.gmtime  # type: ignore[assignment]
    default_time_format = "%Y-%m-%dT%H:%M:%S"
    default_msec_format = "%s.%03dZ"

    def format(self, record: logging.LogRecord) -> str:
        told = {
            "time": self.formatTime(record),
            "level": record.levelname,
            "logger": record.name,
            "message": redacted(record.getMessage()),
            "request_id": current_request_id(),
            "error": _outage(record) or _kind_of_error(record),
            "traceback": None if _outage(record) else _traceback(record),
        }
        return json.dumps({name: value for name, value in told.items() if value})


def _outage(record: logging.LogRecord) -> str:
    """Return in a line that the database is away; where in the code that was met is of no use."""
    error = record.exc_info[1] if record.exc_info else None
    if not isinstance(error, OperationalError | InterfaceError):
        return ""
    return redacted(f"{type(error).__name__}: {error}".strip().partition("\n")[0])


def _kind_of_error(record: logging.LogRecord) -> str:
    return record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else ""


def _traceback(record: logging.LogRecord) -> list[str]:
    """Return where an error arose, a line each, without secrets as messages are."""
    if not record.exc_info or record.exc_info[1] is None:
        return []
    written = "".join(traceback.format_exception(record.exc_info[1]))
    return [redacted(line) for line in written.splitlines()]
