"""Queries of the busiest pages, written in SQL once for each process.

Django writes a query's SQL anew whenever it is asked, which takes it several times as long as the
database takes to answer.
"""

from collections.abc import Callable
from copy import copy
from functools import wraps
from typing import Any

from django.db import connections
from django.db.models import BigIntegerField, CharField, QuerySet, Value


class Blank(Value):
    """Stands in a prepared query for one of the values that it is asked with."""

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return "%s", [self]


def prepared(build: Callable[..., QuerySet[Any, Any]]) -> Callable[..., list[Any]]:
    """Ask what `build` returns, which is called with blanks, once for each number of arguments.

    The arguments are numbers or texts. What `build` does must not hang on what they are.
    """
    ready: dict[tuple[type, ...], tuple[QuerySet[Any, Any], Any, str, tuple[Any, ...]]] = {}

    @wraps(build)
    def ask(*values: int | str) -> list[Any]:
        shape = tuple(map(type, values))
        if shape not in ready:
            rows = build(*map(_blank, range(len(values)), values))
            compiler = rows.query.get_compiler(using=rows.db)
            ready[shape] = (rows, compiler, *compiler.as_sql())
        rows, compiler, sql, params = ready[shape]
        filled = tuple(values[one.value] if isinstance(one, Blank) else one for one in params)
        return _ask(rows, compiler, sql, filled)

    return ask


def _blank(place: int, value: int | str) -> Blank:
    return Blank(place, BigIntegerField() if isinstance(value, int) else CharField())


def _ask(rows: QuerySet[Any, Any], compiler: Any, sql: str, params: tuple[Any, ...]) -> list[Any]:
    """Have Django ask and read the answer as ever, by a compiler that knows the SQL already."""
    compiler = copy(compiler)
    compiler.connection = connections[rows.db]
    compiler.as_sql = lambda *_args, **_kwargs: (sql, params)
    rows = rows.all()
    rows.query.get_compiler = lambda *_args, **_kwargs: compiler  # type: ignore[method-assign]
    return list(rows)
