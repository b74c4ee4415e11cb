"""How long things are kept: rules that the apps register, periods that the owners set, one job.

A rule says what ends, after how many days unless the owners say otherwise, and why, with the law
behind it. The privacy page reads the same periods that the job goes by.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.functional import lazystr
from django.utils.translation import ngettext

from clinic_site.privacy.models import RetentionPeriod
from clinic_site.privacy.tables import Words
from clinic_site.sqlite.wal import checkpoint_wal

logger = logging.getLogger(__name__)

AT_ONCE = 500  # rows in one transaction, so that nobody waits long for their locks
MOST_DAYS = 20 * 365


class NotEnded(Exception):
    """What some rules are about is still there; the argument names them."""


@dataclass(frozen=True)
class RetentionRule:
    """`end(before, at_once)` ends what was over before an instant; it returns of how many rows.

    `least_days`: what the law demands, whatever is set.
    """

    key: str
    what: Words
    days: int
    reason: Words
    end: Callable[[datetime, int], int]
    least_days: int = 1


_rules: dict[str, RetentionRule] = {}


def register_retention(*rules: RetentionRule) -> None:
    """Add to what the job ends. Registering the same again changes nothing."""
    _rules.update({rule.key: rule for rule in rules})


def retention_rules() -> list[RetentionRule]:
    return list(_rules.values())


def days_kept(key: str) -> int:
    """Return the days that the owners have set, or those of the rule; never too few of them."""
    period = RetentionPeriod.objects.filter(key=key).first()
    return max(period.days, _rules[key].least_days) if period else _rules[key].days


def set_days(days: dict[str, int]) -> None:
    """Keep the owners' choice; what is as the rule has it is not stored."""
    for key, number in days.items():
        if number == _rules[key].days:
            RetentionPeriod.objects.filter(key=key).delete()
        else:
            RetentionPeriod.objects.update_or_create(key=key, defaults={"days": number})


def period_in_words(days: int) -> str:
    years, rest = divmod(days, 365)
    if years and not rest:
        return ngettext("%(number)d year", "%(number)d years", years) % {"number": years}
    return ngettext("%(number)d day", "%(number)d days", days) % {"number": days}


def kept_in_words(words: Words, **keys: str) -> Words:
    """Return `words`, with the periods of rules in the places of names, as they are when read."""
    return lazystr(_Told(words, keys))


@dataclass(frozen=True)
class _Told:
    words: Words
    keys: dict[str, str]

    def __str__(self) -> str:
        told = {name: period_in_words(days_kept(key)) for name, key in self.keys.items()}
        return str(self.words) % told


def end_what_is_over(now: datetime) -> None:
    """End whatever has been kept long enough. The log has counts alone.

    Raises NotEnded once all rules had their turn, if one of them failed.
    """
    ended, failed = {}, []
    for rule in retention_rules():
        try:
            ended[rule.key] = _end(rule, now)
        except Exception:  # whatever one rule meets, the others end what is theirs
            logger.exception("what %s is about was not ended", rule.key)
            failed.append(rule.key)
    if any(ended.values()):
        told = ", ".join(f"{key} {count}" for key, count in ended.items() if count)
        logger.info("kept long enough: %s", told)
        checkpoint_wal()
    if failed:
        raise NotEnded(", ".join(failed))


def _end(rule: RetentionRule, now: datetime) -> int:
    before = now - timedelta(days=days_kept(rule.key))
    ended = 0
    while True:
        with transaction.atomic():
            count = rule.end(before, AT_ONCE)
        ended += count
        if count < AT_ONCE:
            return ended
