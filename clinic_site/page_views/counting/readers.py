"""Which requests are a reader's: a person who looks at a page, and is none of the staff."""

import re
from functools import lru_cache
from typing import Any, Protocol

from django.conf import settings

# Short on purpose. Whoever says that they are a browser is believed.
ROBOTS = re.compile(
    r"bot|crawl|spider|slurp|headless|lighthouse|preview|fetch|scan|monitor|uptime|archive"
    r"|facebookexternalhit|whatsapp|mediapartners|python|java/|http-?client|phantom",
    re.IGNORECASE,
)
BROWSERS = "Mozilla/5.0 "  # how every browser begins
# Headers of browsers that load a page before anybody asks for it.
EARLY = ("HTTP_SEC_PURPOSE", "HTTP_PURPOSE", "HTTP_X_MOZ")


class Asked(Protocol):
    """What is looked at of a request, whether Django made it or a cached page answers it."""

    @property
    def META(self) -> dict[str, Any]: ...  # noqa: N802
    @property
    def method(self) -> str | None: ...
    @property
    def path(self) -> str: ...


def is_reader(request: Asked) -> bool:
    """Tell whether `request` is to be counted. It is asked for every page, and asks nobody."""
    meta = request.META
    return (
        request.method == "GET"
        and is_browser(meta.get("HTTP_USER_AGENT", ""))
        and meta.get("HTTP_SEC_FETCH_DEST", "document") == "document"
        and not any(map(meta.get, EARLY))
        and settings.SESSION_COOKIE_NAME not in meta.get("HTTP_COOKIE", "")
        and not getattr(request, "is_dummy", False)  # a preview in the editor
    )


@lru_cache(maxsize=512)
def is_browser(user_agent: str) -> bool:
    return user_agent.startswith(BROWSERS) and ROBOTS.search(user_agent) is None
