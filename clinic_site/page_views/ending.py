"""What is forgotten of the counts, and when."""

from datetime import date, datetime, timedelta

from django.db.models import Count
from django.db.models.query import QuerySet

from clinic_site.clinic.current import today_at_clinic
from clinic_site.page_views.models import DailyCount

DAYS_OF_A_WORD = 3  # different days on which it was searched for, before anybody sees it
RARE_WORDS_KEPT = timedelta(days=90)


def frequent_words() -> QuerySet[DailyCount, str]:
    """Return the words that were searched for on enough days to be nobody's own."""
    words = DailyCount.objects.of(DailyCount.Kind.WORD).values("name")
    frequent = words.annotate(days=Count("pk")).filter(days__gte=DAYS_OF_A_WORD)
    return frequent.values_list("name", flat=True)


def forget_rare_words(now: datetime) -> int:
    """Delete words that were searched for on too few days to be shown; return how many rows."""
    old = _day(now) - RARE_WORDS_KEPT
    words = DailyCount.objects.of(DailyCount.Kind.WORD).filter(day__lt=old)
    return words.exclude(name__in=list(frequent_words())).delete()[0]


def end_counts(before: datetime, at_once: int) -> int:
    over = DailyCount.objects.filter(day__lt=before.date()).values_list("pk", flat=True)[:at_once]
    return DailyCount.objects.filter(pk__in=list(over)).delete()[0]


def _day(now: datetime) -> date:
    return min(today_at_clinic(), now.date())
