"""What the site holds about people. Each app says what it holds; the privacy page prints it.

Nothing is held that is not registered here: an app registers its holdings when it starts.
"""

from dataclasses import dataclass

from django.utils.functional import Promise

Words = str | Promise


@dataclass(frozen=True)
class Holding:
    """One kind of personal data, in words for the person whom it is about."""

    what: Words
    why: Words
    seen_by: Words
    until: Words


_holdings: list[Holding] = []


def register(*holdings: Holding) -> None:
    """Add to what the privacy page tells. Registering the same again changes nothing."""
    _holdings.extend(holding for holding in holdings if holding not in _holdings)


def holdings() -> tuple[Holding, ...]:
    return tuple(_holdings)
