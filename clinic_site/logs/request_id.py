"""Which lines of the log belong to one request.

A proxy in front may name it by `X-Request-ID`, so that its own lines can be found beside ours.
"""

import re
import secrets
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.core.signals import request_finished, request_started

NAME = re.compile(r"[A-Za-z0-9-]{8,64}")
_current: ContextVar[str] = ContextVar("request_id", default="")


def current_request_id() -> str:
    """Return the name of the request that is being answered; the empty string outside of one."""
    return _current.get()


def _begin(environ: dict[str, Any] | None = None, **_kwargs: object) -> None:
    told = str((environ or {}).get("HTTP_X_REQUEST_ID", ""))
    believed = settings.BEHIND_PROXY and NAME.fullmatch(told)
    _current.set(told if believed else secrets.token_hex(8))


def _end(**_kwargs: object) -> None:
    _current.set("")


def name_each_request() -> None:
    """Name each request from now on."""
    request_started.connect(_begin, dispatch_uid="clinic_site.logs.begin")
    request_finished.connect(_end, dispatch_uid="clinic_site.logs.end")
