"""Until when patients may move or cancel a visit themselves, and what that costs them."""

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Self

# How a clinic writes that something has no price.
FREE = re.compile(
    r"(free( of charge)?|no charge|no cost|complimentary|\$0(\.00)?)[.!]?", re.IGNORECASE
)


@dataclass(frozen=True)
class CancellationPolicy:
    """The clinic's rule. Every page and email that speaks of it asks here.

    A change is free until `free_hours` before the visit. Later ones cost `late_fee` (in words;
    empty: nothing) and are made online or, unless `late_online`, by phone.
    """

    free_hours: int
    late_online: bool
    late_fee: str = ""
    reason: str = ""

    def for_price(self, price_text: str) -> Self:
        """Return the policy for a visit of that price: what is free costs nothing late."""
        return replace(self, late_fee="") if FREE.fullmatch(price_text.strip()) else self

    def free_until(self, starts_at: datetime) -> datetime:
        """Return the last free moment, in UTC: hours that pass, not hours of a wall clock."""
        return starts_at - timedelta(hours=self.free_hours)

    def is_late(self, starts_at: datetime, *, now: datetime) -> bool:
        return now > self.free_until(starts_at)

    def may_change(self, starts_at: datetime, *, now: datetime) -> bool:
        """Tell whether a patient may move or cancel the visit online now."""
        return now < starts_at and (self.late_online or not self.is_late(starts_at, now=now))

    @property
    def is_free_until_it_begins(self) -> bool:
        return self.late_online and not self.late_fee
