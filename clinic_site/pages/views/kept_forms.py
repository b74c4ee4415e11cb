"""What somebody typed, for a page that says why it was not taken and sends it once more."""

from contextlib import suppress
from urllib.parse import urlsplit

from django.http import HttpRequest

# What a browser must not be made to send again, or to keep on a page.
SECRET_WORDS = ("password", "token")
NO_SECRET = {"form_token"}  # by it the same form, sent again, is one record


def typed_fields(request: HttpRequest) -> list[tuple[str, str]]:
    """Return the fields of a form in their order, but for secrets."""
    return [
        (name, value)
        for name, values in request.POST.lists()
        if name in NO_SECRET or not any(word in name.lower() for word in SECRET_WORDS)
        for value in values
    ]


def comes_from_here(request: HttpRequest) -> bool:
    """Tell whether the browser says that our own page sent this. No other may have it resent."""
    site = request.headers.get("Sec-Fetch-Site")
    if site:
        return site == "same-origin"
    sent_by = request.headers.get("Origin") or request.headers.get("Referer") or ""
    with suppress(ValueError):  # what a browser would not send may be no address
        return urlsplit(sent_by).netloc == request.get_host()
    return False
