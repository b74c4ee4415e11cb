"""What was searched for and found nothing, for editors: words alone, and never who.

Each word is counted by itself, so that nobody can read what somebody asked. What may be an
address, a number or a sentence about somebody is not counted at all.
"""

from datetime import date, datetime, timedelta

from django.core.cache import caches
from django.db import DatabaseError, transaction
from django.db.models import F

from blog.models import VainSearch
from clinic_site.clinic.current import today_at_clinic
from clinic_site.search.words import query_terms
from clinic_site.sqlite.lock_timeout import HARDLY, lock_timeout

KEPT = timedelta(days=90)  # after somebody searched for it last
MOST_WORDS = 4  # of one search; more are a sentence
MOST_ROWS = 2000
MOST_A_MINUTE = 60  # searches counted by one process
COUNTED = "searches-in-vain"
LETTERS = range(3, VainSearch._meta.get_field("word").max_length + 1)  # type: ignore[operator]


def words_to_count(query: str) -> list[str]:
    """Return the words of a query that editors may see."""
    if any(sign.isdecimal() or sign in "@/" for sign in query):
        return []
    written = [part.written for compound in query_terms(query) for part in compound.parts]
    words = list(dict.fromkeys(written))
    if len(words) > MOST_WORDS:
        return []
    return [word for word in words if word.isalpha() and len(word) in LETTERS]


def note_search_in_vain(query: str) -> None:
    """Count the words of `query`. If it cannot be written at once it is left out."""
    words = words_to_count(query)
    if not words or not _may_count():
        return
    try:
        with lock_timeout(HARDLY), transaction.atomic():
            _count(words, today_at_clinic())
    except DatabaseError:
        return


def _may_count() -> bool:
    facts = caches["facts"]
    facts.add(COUNTED, 0, 60)
    try:
        counted: int = facts.incr(COUNTED)
    except ValueError:  # it ran out in between
        return True
    return counted <= MOST_A_MINUTE


def _count(words: list[str], today: date) -> None:
    known = VainSearch.objects.filter(word__in=words)
    seen = set(known.values_list("word", flat=True))
    if seen:
        known.update(times=F("times") + 1, last_on=today)
    new = [VainSearch(word=word, last_on=today) for word in words if word not in seen]
    if new and VainSearch.objects.count() < MOST_ROWS:
        VainSearch.objects.bulk_create(new, ignore_conflicts=True)


def forget_searches_in_vain(now: datetime) -> int:
    """Delete the words that nobody has searched for in a while; return how many."""
    return VainSearch.objects.filter(last_on__lt=(now - KEPT).date()).delete()[0]
