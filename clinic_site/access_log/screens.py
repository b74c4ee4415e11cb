"""What the lines call a screen: the title of the view whose name they have."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from django.urls import URLPattern, get_resolver
from django.utils.translation import gettext_lazy as _

from clinic_site.privacy.tables import Words

# Views of Wagtail's that have no title of their own.
TITLES: dict[str, Words] = {"wagtailadmin_home": _("Start page")}


def screen_title(via: str) -> str:
    """Return what staff read at the top of a screen, or of the first screen of its kind.

    The name itself of what is none, such as a command.
    """
    kind = via.rpartition(":")[0]
    return str(_titles().get(via) or _titles().get(f"{kind}:index") or via)


@cache
def _titles() -> dict[str, Words]:
    named = ((name, _title(pattern)) for name, pattern in _named(get_resolver()))
    return {name: title for name, title in named if title} | TITLES


def _named(resolver: Any, namespaces: tuple[str, ...] = ()) -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        if not isinstance(pattern, URLPattern):
            below = (pattern.namespace,) if pattern.namespace else ()
            yield from _named(pattern, (*namespaces, *below))
        elif pattern.name:
            yield ":".join((*namespaces, pattern.name)), pattern


def _title(pattern: URLPattern) -> Words:
    view: Any = pattern.callback
    given = getattr(view, "view_initkwargs", {})
    own: Words = given.get("page_title") or _title_of_ours(getattr(view, "view_class", object))
    model = getattr(given.get("model"), "_meta", None)
    if own or model is None or not str(pattern.name).startswith("index"):
        return own
    plural = str(model.verbose_name_plural)
    return plural[:1].upper() + plural[1:]


def _title_of_ours(view: type) -> Words:
    """Wagtail's own views are called “New” and “Editing”, whatever it is of."""
    for base in view.__mro__:
        if "page_title" in vars(base):
            is_ours = not base.__module__.startswith("wagtail.")
            title: Words = vars(base)["page_title"] if is_ours else ""
            return title
    return ""
