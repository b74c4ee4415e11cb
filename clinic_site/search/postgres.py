"""PostgreSQL's search. The words are read already, so it does without its own dictionaries."""

from typing import Any

from django.contrib.postgres.search import SearchQuery as TextSearchQuery
from modelsearch.backends.database.postgres.postgres import (
    PostgresAutocompleteQueryCompiler,
    PostgresIndex,
    PostgresSearchBackend,
    PostgresSearchQueryCompiler,
)
from modelsearch.query import PlainText, SearchQuery

from clinic_site.search.indexing import AnalyzedIndex
from clinic_site.search.queries import OnlyWords, Signs, in_signs

SIGNS = Signs(both=" & ", either=" | ", beginning=":*")


class InTsquery:
    """Writes a query for PostgreSQL; one that completes words takes any for a beginning."""

    LAST_TERM_IS_PREFIX: bool

    def build_tsquery_content(
        self, query: SearchQuery, config: Any = None, invert: bool = False
    ) -> Any:
        if isinstance(query, PlainText):
            text = in_signs(query, SIGNS, beginnings=self.LAST_TERM_IS_PREFIX)
            return TextSearchQuery(text, search_type="raw", config=config, invert=invert)
        return super().build_tsquery_content(query, config, invert)  # type: ignore[misc]


class TsqueryCompiler(InTsquery, PostgresSearchQueryCompiler):
    pass


class TsqueryAutocompleteCompiler(InTsquery, PostgresAutocompleteQueryCompiler):
    pass


class TsvectorIndex(AnalyzedIndex, PostgresIndex):
    pass


class PostgresBackend(OnlyWords, PostgresSearchBackend):
    query_compiler_class = TsqueryCompiler
    autocomplete_query_compiler_class = TsqueryAutocompleteCompiler
    index_class = TsvectorIndex

    def __init__(self, params: dict[str, Any]) -> None:
        super().__init__(params | {"SEARCH_CONFIG": "simple"})
