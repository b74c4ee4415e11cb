"""SQLite's search. Wagtail asks it for no weights of columns; they are added here.

Wagtail also ranks each result by a search of its own, which takes minutes where thousands
of pages have a word. Here one search ranks them all.
"""

from typing import Any

from django.db.models import Case, QuerySet, TextField, Value, When
from django.db.models.functions import Cast
from modelsearch.backends.database.sqlite.query import (
    BM25,
    MatchExpression,
    SearchQueryExpression,
    normalize,
)
from modelsearch.backends.database.sqlite.sqlite import (
    SQLiteAutocompleteQueryCompiler,
    SQLiteFTSIndexEntry,
    SQLiteIndex,
    SQLiteSearchBackend,
    SQLiteSearchQueryCompiler,
)
from modelsearch.query import PlainText, SearchQuery
from modelsearch.utils import get_descendants_content_types_pks

from clinic_site.search.indexing import AnalyzedIndex
from clinic_site.search.queries import OnlyWords, Signs, in_signs

SIGNS = Signs(both=" AND ", either=" OR ", beginning="*")
WEIGHTS = "1, 1, 20"  # of the index's columns in their order: autocomplete, body, title


class Rank(BM25):
    def as_sql(self, *args: Any, **kwargs: Any) -> tuple[str, list[Any]]:
        sql, params = super().as_sql(*args, **kwargs)
        return sql.replace(")", f", {WEIGHTS})"), params


class InFts5:
    """Writes a query for SQLite; one that completes words takes any for a beginning."""

    queryset: QuerySet
    query: SearchQuery
    fields: list[str] | None
    order_by_relevance: bool
    FTS_TABLE_FIELDS: list[str]
    LAST_TERM_IS_PREFIX: bool

    def build_search_query_content(self, query: SearchQuery, config: Any = None) -> Any:
        if not isinstance(query, PlainText):
            return super().build_search_query_content(query, config)  # type: ignore[misc]
        text = in_signs(query, SIGNS, beginnings=self.LAST_TERM_IS_PREFIX)
        return SearchQueryExpression(Value(f"({text})"), config=config)

    def search(self, config: Any, start: int, stop: int | None, score_field: Any = None) -> Any:
        wanted = isinstance(self.query, PlainText) and self.order_by_relevance and not score_field
        if not wanted or stop is None:
            return super().search(config, start, stop, score_field)  # type: ignore[misc]
        keys = list(self._best(config)[start:stop])
        order = Case(*(When(pk=key, then=place) for place, key in enumerate(keys)), default=0)
        return self.queryset.filter(pk__in=keys).order_by(order)

    def _best(self, config: Any) -> QuerySet:
        """Return the keys of what was found, best first."""
        query = self.build_search_query_content(normalize(self.query), config=config)
        among = self.queryset.order_by().annotate(key=Cast("pk", TextField())).values("key")
        return (
            SQLiteFTSIndexEntry.objects.filter(
                MatchExpression(self.fields or self.FTS_TABLE_FIELDS, query),
                index_entry__content_type__in=get_descendants_content_types_pks(
                    self.queryset.model
                ),
                index_entry__object_id__in=among,
            )
            .order_by(Rank(), "-index_entry__pk")
            .values_list("index_entry__object_id", flat=True)
        )

    def _build_rank_expression(self, vectors: Any, config: Any) -> Rank:
        return Rank()


class Fts5Compiler(InFts5, SQLiteSearchQueryCompiler):
    pass


class Fts5AutocompleteCompiler(InFts5, SQLiteAutocompleteQueryCompiler):
    pass


class Fts5Index(AnalyzedIndex, SQLiteIndex):
    pass


class SQLiteBackend(OnlyWords, SQLiteSearchBackend):
    query_compiler_class = Fts5Compiler
    autocomplete_query_compiler_class = Fts5AutocompleteCompiler
    index_class = Fts5Index
