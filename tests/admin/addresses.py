"""Every address of the admin, as the URL resolver has them, with something real to ask it for."""

from collections.abc import Iterator
from typing import NamedTuple

from django.urls import URLPattern, URLResolver, get_resolver


class Address(NamedTuple):
    name: str
    path: str  # as it is written in `urls.py`
    kwargs: tuple[str, ...]


def addresses() -> list[Address]:
    seen = {}
    for address in _walk(get_resolver()):
        if address.path.startswith("admin/"):
            seen.setdefault((address.name, address.kwargs), address)
    return list(seen.values())


def _walk(
    resolver: URLResolver, path: str = "", namespaces: tuple[str, ...] = ()
) -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        here = path + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            name = ":".join([*namespaces, pattern.name]) if pattern.name else here
            kwargs = tuple(pattern.pattern.regex.groupindex)
            yield Address(name, here, kwargs)
        else:
            below = (pattern.namespace,) if pattern.namespace else ()
            yield from _walk(pattern, here, namespaces + below)
