"""When somebody who signed in is signed out: after a while of doing nothing, and once a day.

What a screen does by itself (saving, asking for news, showing a preview) is no activity. It is
known by the browser's own word on how a request came about; the admin's script tells of keys and
presses on a page that stays open.
"""

import time
from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponseBase
from wagtail.admin.models import FormState

SIGNED_IN_AT, ACTIVE_AT = "signed_in_at", "active_at"  # seconds since 1970
WARNING = 120  # seconds before the end
EXACT_TO = 10  # seconds; so that not every one of many requests writes to the database
# Asked for by scripts alone; older browsers do not say so themselves.
BY_THEMSELVES = {
    "admin_session",
    "wagtailadmin_editing_sessions:ping",
    "wagtailadmin_editing_sessions:release",
    "wagtailadmin_pages:preview_on_add",
    "wagtailadmin_pages:preview_on_edit",
}


class TimeLeft(NamedTuple):
    seconds: float
    can_stay: bool  # whether doing something would make it longer


class SessionTimeoutMiddleware:
    """Ends sessions whose time is over, and notes when somebody did something."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if is_signed_in(request) and time_left(request.session).seconds <= 0:
            request.session.flush()
            request.user = AnonymousUser()
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> None:
        if is_signed_in(request) and _is_activity(request):
            note_activity(request.session)


def begin(request: HttpRequest, **_signal: Any) -> None:
    """Somebody has just signed in."""
    request.session[SIGNED_IN_AT] = request.session[ACTIVE_AT] = time.time()


def time_left(session: SessionBase) -> TimeLeft:
    now = time.time()
    idle_end = session.setdefault(ACTIVE_AT, now) + settings.SESSION_IDLE_MINUTES * 60
    last_end = session.setdefault(SIGNED_IN_AT, now) + settings.SESSION_HOURS * 3600
    return TimeLeft(min(idle_end, last_end) - now, can_stay=idle_end < last_end)


def note_activity(session: SessionBase) -> None:
    now = time.time()
    if now - session.get(ACTIVE_AT, 0) >= EXACT_TO:
        session[ACTIVE_AT] = now


def delete_ended_sessions(now: datetime) -> None:
    """Delete the sessions that have ended, and what was typed in the admin and left for long."""
    Session.objects.filter(expire_date__lt=now).delete()
    FormState.objects.stale().delete()


def warning_seconds() -> int:
    """Return how long before the end somebody is warned."""
    return min(WARNING, settings.SESSION_IDLE_MINUTES * 30)


def is_signed_in(request: HttpRequest) -> bool:
    # Asked first, so that the answer to a reader does not depend on cookies.
    return settings.SESSION_COOKIE_NAME in request.COOKIES and SESSION_KEY in request.session


def _is_activity(request: HttpRequest) -> bool:
    match = request.resolver_match
    if match and match.view_name in BY_THEMSELVES:
        return False
    if mode := request.headers.get("Sec-Fetch-Mode"):
        return mode == "navigate" and request.headers.get("Sec-Fetch-Dest") != "iframe"
    script = request.headers.get("X-Requested-With") == "XMLHttpRequest"
    return not script and request.accepts("text/html")
