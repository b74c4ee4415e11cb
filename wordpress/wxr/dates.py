"""ItemDates of WordPress: in UTC where that is sane, else by the site's own clock."""

from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from email.utils import parsedate_to_datetime

EARLIEST = 1970


@dataclass(frozen=True)
class ItemDates:
    """When an item was published and last changed; None where the export does not know."""

    published: datetime | None = None
    modified: datetime | None = None


def read_date(utc: str, local: str, zone: tzinfo) -> datetime | None:
    if at := _read(utc):
        return at.replace(tzinfo=UTC)
    if at := _read(local):
        return at.replace(tzinfo=zone)
    return None


def read_feed_date(text: str) -> datetime | None:
    """Return the date of an item of a feed: "Wed, 12 Mar 2014 16:30:00 +0000"."""
    try:
        at = parsedate_to_datetime(text.strip())
    except (TypeError, ValueError, IndexError):
        return None
    if at.year < EARLIEST:
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _read(text: str) -> datetime | None:
    text = text.strip()
    if not text or text.startswith("0000"):
        return None
    try:
        at = datetime.fromisoformat(text)
        at = (
            at.replace(tzinfo=None)
            if at.tzinfo is None
            else at.astimezone(UTC).replace(tzinfo=None)
        )
    except (ValueError, OverflowError):
        return None
    return at if EARLIEST <= at.year < 9999 else None
