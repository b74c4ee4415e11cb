"""Search in what anybody may read: pages that have the words, and words that were meant."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page as ResultsPage
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from wagtail.models import Page, get_page_models
from wagtail.query import PageQuerySet

from blog.search.people import people_with_profiles
from blog.search.suggestions import suggest
from blog.search.synonyms import variants
from clinic_site.clinic.models.people import Person
from clinic_site.pages.models.base import SitePage
from clinic_site.search.queries import AnyOf
from clinic_site.search.words import COMPOUND, WORD, analyzed, query_terms

RESULTS_A_PAGE = 10


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

    @property
    def found_nothing(self) -> bool:
        """Tell whether nothing has all the words."""
        return self.some_words_only or not self.count


def run_search(
    words: list[str], pages: PageQuerySet, number: Any, request: HttpRequest, *, with_people: bool
) -> SearchResponse:
    """Return page `number` of those `pages` that have all words, or else some of them.

    The people whom the words mean come first, if they are asked for too.
    """
    queries = variants(" ".join(words))
    marked = [" ".join(queries)]
    found_people = people_with_profiles(queries) if with_people else []
    people = [_person(*found, marked) for found in found_people]
    paginator = Paginator(search_pages(queries, pages, "and"), RESULTS_A_PAGE)
    some_words_only, suggestion = False, ""
    if not paginator.count and not people:
        better = suggest(words)
        suggestion = better if better and search_pages([better], pages, "and").count() else ""
        if len(words) > 1:
            paginator = Paginator(search_pages(queries, pages, "or"), RESULTS_A_PAGE)
            some_words_only = paginator.count > 0
    paged = paginator.get_page(number)
    results = [_result(page, marked, request) for page in with_descriptions(paged)]
    first = people if paged.number == 1 else []
    count = paginator.count + len(people)
    return SearchResponse(paged, results, some_words_only, suggestion, first, count)


def search_pages(queries: list[str], pages: PageQuerySet, operator: str) -> Any:
    """Return those of `pages` that have the words of any of `queries`: all of them, or some."""
    # Wagtail looks into the filters of what it searches, and cannot read those of `published`.
    among = Page.objects.filter(pk__in=pages.type(SitePage).values("pk"))
    return among.search(AnyOf(queries, operator=operator))


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
