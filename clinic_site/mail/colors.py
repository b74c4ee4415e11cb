"""The colors that emails wear: as numbers, since mail programs know no custom properties."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class EmailColors:
    """Of links and signs (accent), of the button and its words; paper and ink are the site's."""

    accent: str = "#205644"
    action: str = "#9e4728"
    on_action: str = "#fefbf6"
    accent_at_night: str = "#9cceb9"
    action_at_night: str = "#db9882"
    on_action_at_night: str = "#1e130f"


_read: list[Callable[[], EmailColors]] = []


def register_colors(read: Callable[[], EmailColors]) -> None:
    """Have emails wear what `read` returns. Whoever keeps the look calls it at the start."""
    _read[:] = [read]


def email_colors() -> EmailColors:
    return _read[0]() if _read else EmailColors()
