"""Search in what anybody may read: pages that have the words, and words that were meant."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.core.cache import cache
from django.core.paginator import Page as ResultsPage
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from wagtail.models import Page, get_page_models
from wagtail.query import PageQuerySet

from blog.search_people import people_with_profiles
from clinic_site.clinic.models.people import Person
from clinic_site.pages.models.base import SitePage
from clinic_site.pages.published import published
from clinic_site.search.words import COMPOUND, WORD, analyzed, fold, query_terms

RESULTS_A_PAGE = 10
VOCABULARY_SECONDS = 600
# Comparing one word with 20,000 takes about a tenth of a second.
MOST_WORDS_TO_CORRECT = 3
SHORTEST_TO_CORRECT = 3


@dataclass(frozen=True)
class SearchResult:
    url: str
    title: SafeString
    kind: str | Promise
    summary: SafeString


@dataclass(frozen=True)
class SearchResponse:
    paged: ResultsPage
    results: list[SearchResult]
    some_words_only: bool
    suggestion: str
    people: list[SearchResult]  # on the first page
    count: int  # of pages and people


def run_search(
    words: list[str], pages: PageQuerySet, number: Any, request: HttpRequest, *, with_people: bool
) -> SearchResponse:
    """Return page `number` of those `pages` that have all words, or else some of them.

    The people whom the words mean come first, if they are asked for too.
    """
    found_people = people_with_profiles(words) if with_people else []
    people = [_person(*found, words) for found in found_people]
    paginator = Paginator(search_pages(words, pages, "and"), RESULTS_A_PAGE)
    some_words_only, suggestion = False, ""
    if not paginator.count and not people:
        suggestion = suggest(words, pages)
        if len(words) > 1:
            paginator = Paginator(search_pages(words, pages, "or"), RESULTS_A_PAGE)
            some_words_only = paginator.count > 0
    paged = paginator.get_page(number)
    results = [_result(page, words, request) for page in with_descriptions(paged)]
    first = people if paged.number == 1 else []
    count = paginator.count + len(people)
    return SearchResponse(paged, results, some_words_only, suggestion, first, count)


def search_pages(words: Iterable[str], pages: PageQuerySet, operator: str) -> Any:
    # Wagtail looks into the filters of what it searches, and cannot read those of `published`.
    among = Page.objects.filter(pk__in=pages.type(SitePage).values("pk"))
    return among.search(" ".join(words), operator=operator)


def with_descriptions(found: Iterable[Page]) -> list[SitePage]:
    """Return the pages as what they are, with one query whatever kinds there are."""
    kinds = [model._meta.model_name for model in get_page_models() if issubclass(model, SitePage)]
    order = [page.pk for page in found]
    pages = Page.objects.select_related(*kinds).defer("articlepage__body").in_bulk(order)
    return [getattr(pages[pk], pages[pk].cached_content_type.model) for pk in order]


def _result(page: SitePage, words: list[str], request: HttpRequest) -> SearchResult:
    return SearchResult(
        url=page.get_url(request),
        title=highlight(page.title, words),
        kind=page.kind,
        summary=highlight(page.description, words),
    )


def _person(person: Person, path: str, words: list[str]) -> SearchResult:
    return SearchResult(
        url=path,
        title=highlight(person.name, words),
        kind=highlight(person.role, words),
        summary=highlight(person.biography, words),
    )


def highlight(text: str, words: list[str]) -> SafeString:
    """Return `text` as HTML, with what matches one of the words marked."""
    wanted = [
        one
        for compound in query_terms(" ".join(words))
        for one in (*compound.parts, compound.whole)
    ]

    def is_wanted(written: str) -> bool:
        return any(
            one.is_found_in(compound.whole) for compound in analyzed(written) for one in wanted
        )

    pieces, end = [], 0
    for compound in COMPOUND.finditer(text):
        spans = [compound.span()]
        if not is_wanted(compound[0]):
            spans = [word.span() for word in WORD.finditer(text, *compound.span())]
        for start, stop in spans:
            if is_wanted(text[start:stop]):
                mark = format_html("<mark>{}</mark>", text[start:stop])
                pieces += [text[end:start], mark]
                end = stop
    return format_html_join("", "{}", ((piece,) for piece in [*pieces, text[end:]]))


def suggest(words: list[str], pages: PageQuerySet) -> str:
    """Return the words as they may have been meant, if `pages` have those; else nothing."""
    known = vocabulary()
    words = [part for word in words for part in WORD.findall(word)]
    unknown = [word for word in words if fold(word) not in known]
    if not unknown or len(unknown) > MOST_WORDS_TO_CORRECT:
        return ""
    meant = {word: closest(fold(word), known) for word in unknown}
    better = [meant.get(word) or word for word in words]
    return (
        " ".join(better) if better != words and search_pages(better, pages, "and").count() else ""
    )


def closest(word: str, known: Iterable[str]) -> str | None:
    if len(word) < SHORTEST_TO_CORRECT:
        return None
    alike = [other for other in known if abs(len(other) - len(word)) <= 2]
    return next(iter(difflib.get_close_matches(word, alike, n=1, cutoff=0.75)), None)


def vocabulary() -> frozenset[str]:
    """Return the words of the titles and summaries that anybody may read."""
    words = cache.get_or_set("search-vocabulary", _vocabulary, VOCABULARY_SECONDS)
    return words or frozenset()


def _vocabulary() -> frozenset[str]:
    texts = published(Page.objects.all()).values_list("title", "articlepage__summary")
    words = {fold(word) for text in chain.from_iterable(texts) for word in WORD.findall(text or "")}
    return frozenset(word for word in words if len(word) >= SHORTEST_TO_CORRECT)
