"""How much one network may send. Call these in the transaction of what is sent.

What is not stored in the end, such as a form that was sent before, then counts for nothing.
"""

from datetime import datetime, timedelta

from clinic_site.http.rate_limit import allow_address
from comments.moderation.rules import Reason

# So many from one network are taken as they come; more are held, and more than MOST refused.
FEW, FEW_PER = 5, timedelta(minutes=10)
MOST, MOST_PER = 20, timedelta(hours=1)
MOST_EDITS = 10


class TooManySent(Exception):
    """More came from one network than people write. The first argument is how long to wait."""


def count_comment(network_address: str, now: datetime) -> list[Reason]:
    """Count one more comment; return why it is held, if it is one of many. Raises TooManySent."""
    if not allow_address("comments", network_address, limit=MOST, per=MOST_PER, now=now):
        raise TooManySent(MOST_PER)
    few = allow_address("comments, as they come", network_address, limit=FEW, per=FEW_PER, now=now)
    return [] if few else [Reason("often")]


def count_edit(network_address: str, now: datetime) -> None:
    """Count one more change of a comment. Raises TooManySent."""
    if not allow_address("comment edits", network_address, limit=MOST_EDITS, per=MOST_PER, now=now):
        raise TooManySent(MOST_PER)
