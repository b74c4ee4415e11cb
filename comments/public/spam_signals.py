"""What is noticed of how a comment is sent. What is odd is held; only a flood is refused."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from clinic_site.http import rate_limit
from comments.moderation.rules import Reason

# Nobody reads the form, writes and sends within this.
QUICKEST = timedelta(seconds=3)

# So many from one network are taken as they come; more are held, and more than MOST refused.
FEW, FEW_PER = 5, timedelta(minutes=10)
MOST, MOST_PER = 20, timedelta(hours=1)
MOST_EDITS = 10


class TooMany(Exception):
    """More came from one network than people write. The first argument is how long to wait."""


def suspicions(
    meta: Mapping[str, Any], *, trapped: bool, open_for: timedelta, now: datetime
) -> list[Reason]:
    """Count one more comment from the network of a request's `meta`, and say what is odd.

    Raises TooMany.
    """
    address = rate_limit.client_address(meta)
    if not rate_limit.allow("comments", address, limit=MOST, per=MOST_PER, now=now):
        raise TooMany(MOST_PER)
    found = []
    if trapped:
        found.append(Reason("trap"))
    if open_for < QUICKEST:
        found.append(Reason("quick"))
    if not rate_limit.allow("comments, as they come", address, limit=FEW, per=FEW_PER, now=now):
        found.append(Reason("often"))
    return found


def count_edit(meta: Mapping[str, Any], now: datetime) -> None:
    """Count one more change of a comment. Raises TooMany."""
    address = rate_limit.client_address(meta)
    if not rate_limit.allow("comment edits", address, limit=MOST_EDITS, per=MOST_PER, now=now):
        raise TooMany(MOST_PER)
