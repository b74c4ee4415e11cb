"""The parts of a day, as patients say them: where each begins is told here alone."""

from datetime import date, time
from typing import Any, NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _

NOON, EVENING = time(12), time(17)


class PartOfDay(models.TextChoices):
    ANY = "any", _("any time")
    MORNING = "morning", _("morning")
    AFTERNOON = "afternoon", _("afternoon")
    EVENING = "evening", _("evening")

    @classmethod
    def of(cls, wall: time) -> "PartOfDay":
        """Return the part of the day that a wall time lies in."""
        if wall < NOON:
            return cls.MORNING
        return cls.AFTERNOON if wall < EVENING else cls.EVENING

    def includes(self, wall: time) -> bool:
        return self in (PartOfDay.ANY, PartOfDay.of(wall))

    def overlaps(self, opens: time, closes: time) -> bool:
        """Tell whether some of a span lies in it. A span ends on the next day if not later."""
        if self.includes(opens) or closes <= opens:
            return True
        begins = {PartOfDay.AFTERNOON: NOON, PartOfDay.EVENING: EVENING}.get(self)
        return begins is not None and opens < begins < closes


class Wish(NamedTuple):
    """A day, at the location, and a part of it that would suit."""

    day: date
    part_of_day: str

    @property
    def part(self) -> Any:
        """The part of the day in words."""
        return PartOfDay(self.part_of_day).label
