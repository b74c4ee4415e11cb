"""A form of the admin that arrives twice, by a double press or from an old tab, is done once.

Django masks its token anew for each page, so the token of a form together with what was typed tells
one press from another; a page that is opened again may send the same words again. Whoever comes
second waits a moment for the first, and is led where that one was, or told that it is still being
done. An answer that leads nowhere (there was a mistake in the form) is forgotten at once; so is,
after a while, a first that was never answered since its process had ended.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.db import DatabaseError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from clinic_site.http.models import SentForm
from clinic_site.privacy.secret_links import hash_token

TOKEN = "csrfmiddlewaretoken"  # noqa: S105
PATIENCE = 2  # seconds for which a thread waits for the answer to the first
LOOK = 0.1  # second
LONGEST = timedelta(minutes=1)  # that any form takes; later nobody is at it any more
KEPT = timedelta(days=1)


class SentOnceMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if first := getattr(request, "sent_form", None):
            note_answer(first, response)
        return response

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        if not is_pressed_form(request):
            return None
        key, give_up = hash_of_press(request), time.monotonic() + PATIENCE
        while True:
            sent, is_ours = claim_form(key)
            if is_ours:
                request.sent_form = sent  # type: ignore[attr-defined]
                return None
            if sent.led_to:
                messages.info(request, _("You sent this form twice. It was done once."))
                return HttpResponseRedirect(sent.led_to)
            if time.monotonic() > give_up:
                page: HttpResponse = import_string(settings.STILL_SENDING_VIEW)(request)
                return page
            time.sleep(LOOK)


def claim_form(key: str) -> tuple[SentForm, bool]:
    """Return the form, and whether it is ours to do: nobody has done it, and nobody is at it."""
    now = timezone.now()
    sent, is_first = SentForm.objects.get_or_create(key_hash=key, defaults={"sent_at": now})
    if is_first or sent.led_to or sent.sent_at >= now - LONGEST:
        return sent, is_first
    given_up = still_at_it(sent).update(sent_at=now) == 1
    sent.sent_at = now
    return sent, given_up


def still_at_it(sent: SentForm) -> QuerySet[SentForm]:
    """Return the form as long as whoever had claimed it is at it: nobody has taken it over."""
    return SentForm.objects.filter(pk=sent.pk, led_to="", sent_at=sent.sent_at)


def is_pressed_form(request: HttpRequest) -> bool:
    """Tell whether somebody pressed a button. What scripts send, they send often and alike."""
    is_posted = request.method == "POST" and request.path.startswith(reverse("wagtailadmin_home"))
    is_script = request.headers.get("X-Requested-With") == "XMLHttpRequest"
    if (
        not is_posted
        or is_script
        or request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate"
    ):
        return False
    return TOKEN in request.POST and request.user.is_authenticated


def hash_of_press(request: HttpRequest) -> str:
    values = "\n".join([str(request.user.pk), request.get_full_path(), *_values(request)])
    return hash_token(values)  # a token of the form is among them


def _values(request: HttpRequest) -> Iterator[str]:
    for name, sent in request.POST.lists():
        yield repr((name, sent))
    for name, files in request.FILES.lists():
        yield repr((name, [(file.name, file.size) for file in files]))


def note_answer(sent: SentForm, response: HttpResponseBase) -> None:
    """Keep where an answer led to, without what is asked there: that may be a name."""
    led_to = urlsplit(response.headers.get("Location", ""))._replace(query="", fragment="")
    with suppress(DatabaseError):  # what was done is done
        if led_to.path and not led_to.netloc:
            still_at_it(sent).update(led_to=led_to.geturl())
        else:
            still_at_it(sent).delete()


def delete_old_forms(now: datetime) -> int:
    return SentForm.objects.filter(sent_at__lt=now - KEPT).delete()[0]
