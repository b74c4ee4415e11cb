"""A form of the admin that arrives twice, by a double press or from an old tab, is done once.

Django masks its token anew for each page, so the token of a form together with what was typed tells
one press from another; a page that is opened again may send the same words again. Whoever comes
second waits for the first, and is led where that one was. An answer that leads nowhere (there was a
mistake in the form) is forgotten at once.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from clinic_site.http.models import SentForm
from clinic_site.privacy.secret_links import hash_token

TOKEN = "csrfmiddlewaretoken"  # noqa: S105
PATIENCE = 10  # seconds that somebody waits for the answer to the first
LOOK = 0.1  # second
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
        sent, is_first = SentForm.objects.get_or_create(
            key_hash=hash_of_press(request), defaults={"sent_at": timezone.now()}
        )
        if is_first:
            request.sent_form = sent  # type: ignore[attr-defined]
        elif led_to := answer_to_the_first(sent):
            messages.info(request, _("You sent this form twice. It was done once."))
            return HttpResponseRedirect(led_to)
        return None


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


def answer_to_the_first(sent: SentForm) -> str:
    """Wait until the same form is answered that came before; return where that led to."""
    give_up = time.monotonic() + PATIENCE
    while not sent.led_to and time.monotonic() < give_up:
        time.sleep(LOOK)
        with suppress(SentForm.DoesNotExist):
            sent.refresh_from_db()
            continue
        return ""
    return sent.led_to


def note_answer(sent: SentForm, response: HttpResponseBase) -> None:
    """Keep where an answer led to, without what is asked there: that may be a name."""
    led_to = urlsplit(response.headers.get("Location", ""))._replace(query="", fragment="")
    with suppress(DatabaseError):  # what was done is done
        if led_to.path and not led_to.netloc:
            SentForm.objects.filter(pk=sent.pk).update(led_to=led_to.geturl())
        else:
            sent.delete()


def delete_old_forms(now: datetime) -> int:
    return SentForm.objects.filter(sent_at__lt=now - KEPT).delete()[0]
