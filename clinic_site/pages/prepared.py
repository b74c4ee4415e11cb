"""Queries of the busiest pages, written in SQL once for each process.

Django writes a query's SQL anew whenever it is asked, which takes it several times as long as the
database takes to answer.
"""

from collections.abc import Callable
from copy import copy
from functools import wraps
from typing import Any

from django.db import connections
from django.db.models import BigIntegerField, CharField, DateTimeField, QuerySet, Value
from django.utils import timezone


class Blank(Value):
    """Stands in a prepared query for one of the values that it is asked with."""

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return "%s", [self]


class PresentTime(Value):
    """The time at which a query is asked, which is later than when it was written if it is kept."""

    def __init__(self) -> None:
        super().__init__(None, DateTimeField())

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return "%s", [_Moment.now(connection)]


class _Moment(str):
    """The present time as the database writes it, and known from other texts."""

    @classmethod
    def now(cls, connection: Any) -> "_Moment":
        return cls(connection.ops.adapt_datetimefield_value(timezone.now()))


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
        moment = _Moment.now(connections[rows.db])
        filled = tuple(_fill(one, values, moment) for one in params)
        return _ask(rows, compiler, sql, filled)

    return ask


def _fill(one: Any, values: tuple[int | str, ...], moment: _Moment) -> Any:
    if isinstance(one, Blank):
        return values[one.value]
    return moment if isinstance(one, _Moment) else one


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
