"""Words that were meant, from all text that anybody may read, and titles as somebody types.

The worker collects the words. What it has not read yet is suggested a few minutes later, and what
has been withdrawn finds nothing, so it is not suggested either.
"""

import difflib
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice

from django.core.cache import cache
from django.db import transaction
from wagtail.models import Page
from wagtail.query import PageQuerySet
from wagtail.search import index

from blog.models import KnownWord
from blog.search.people import described, named, people_with_profiles
from clinic_site.clinic.models.people import Person
from clinic_site.page_cache.versions import EVERYTHING, LISTS, versions_of
from clinic_site.pages.models.base import SitePage
from clinic_site.pages.published import published
from clinic_site.search.indexing import text_of
from clinic_site.search.words import MAX_LETTERS, WORD, fold

VOCABULARY_SECONDS = 600
# Comparing one word with 20,000 takes about a tenth of a second.
MOST_KNOWN_WORDS = 20_000
MOST_WORDS_TO_CORRECT = 3
SHORTEST_TO_CORRECT = 3
MOST_COMPLETIONS = 6
BATCH = 100  # pages read at once
VOCABULARY = "search-vocabulary"
LAST_READ = "search-words-read"


def suggest(words: list[str]) -> str:
    """Return the words as they may have been meant; nothing if there is no doubt, or no guess."""
    known = vocabulary()
    words = [part for word in words for part in WORD.findall(word)]
    unknown = [word for word in words if fold(word) not in known]
    if not unknown or len(unknown) > MOST_WORDS_TO_CORRECT:
        return ""
    meant = {word: closest(fold(word), known) for word in unknown}
    better = [meant.get(word) or word for word in words]
    return " ".join(better) if better != words else ""


def closest(word: str, known: Iterable[str]) -> str | None:
    if len(word) < SHORTEST_TO_CORRECT:
        return None
    alike = [other for other in known if abs(len(other) - len(word)) <= 2]
    return next(iter(difflib.get_close_matches(word, alike, n=1, cutoff=0.75)), None)


def vocabulary() -> frozenset[str]:
    """Return the words of all that anybody may read, as the worker read it last."""
    words = cache.get_or_set(VOCABULARY, _vocabulary, VOCABULARY_SECONDS)
    return words or frozenset()


def _vocabulary() -> frozenset[str]:
    return frozenset(KnownWord.objects.values_list("word", flat=True))


def collect_words(_now: datetime) -> None:
    """Read the words of all published pages and of the team, if anything public has changed."""
    state = versions_of((EVERYTHING, LISTS))
    if cache.get(LAST_READ) == state:
        return
    counts: Counter[str] = Counter()
    for text in _public_texts():
        counts.update({fold(word) for word in WORD.findall(text)})
    common = (word for word, _times in counts.most_common() if _is_worth_knowing(word))
    wanted = frozenset(islice(common, MOST_KNOWN_WORDS))
    with transaction.atomic():
        stored = _vocabulary()
        KnownWord.objects.filter(word__in=stored - wanted).delete()
        KnownWord.objects.bulk_create(map(KnownWord, wanted - stored), ignore_conflicts=True)
    cache.delete(VOCABULARY)
    cache.set(LAST_READ, state, None)


def _is_worth_knowing(word: str) -> bool:
    return SHORTEST_TO_CORRECT <= len(word) <= MAX_LETTERS and word.isalpha()


def _public_texts() -> Iterator[str]:
    for person in Person.objects.team():
        yield described(person)
    keys = list(published(Page.objects.all()).values_list("pk", flat=True))
    for start in range(0, len(keys), BATCH):
        for page in Page.objects.filter(pk__in=keys[start : start + BATCH]).specific():
            fields = page.get_search_fields()
            texts = (one.get_value(page) for one in fields if isinstance(one, index.SearchField))
            yield "\n".join(map(text_of, texts))


def completions(query: str, pages: PageQuerySet) -> list[str]:
    """Return titles of `pages`, and names of people, that go on as `query` begins."""
    names = [person.name for person, _path in people_with_profiles([query], named)]
    among = Page.objects.filter(pk__in=pages.type(SitePage).values("pk"))
    titles = [page.title for page in among.autocomplete(query)[:MOST_COMPLETIONS]]
    return list(dict.fromkeys([*names, *titles]))[:MOST_COMPLETIONS]
