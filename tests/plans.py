"""How a database answers a query: from an index, or by reading a table from end to end."""

import re
from collections.abc import Callable

from django.db import connection
from django.test.utils import CaptureQueriesContext


def reads_of_whole_tables(tables: set[str], ask: Callable[[], object]) -> dict[str, str]:
    """Return the queries of `ask` that read one of `tables` from end to end, with their plans."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    with CaptureQueriesContext(connection) as asked:
        ask()
    named = "|".join(sorted(tables))
    whole = re.compile(rf"SCAN (?:{named})\b(?! USING)|Seq Scan on (?:{named})\b")
    queries = {query["sql"] for query in asked if query["sql"].startswith("SELECT")}
    plans = {sql: _plan(sql) for sql in queries if any(table in sql for table in tables)}
    return {sql: plan for sql, plan in plans.items() if whole.search(plan)}


def _plan(sql: str) -> str:
    """Return the steps that the database takes; PostgreSQL tells which of them it left out."""
    explain = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN ANALYZE"
    with connection.cursor() as cursor:
        cursor.execute(f"{explain} {sql}")
        steps = [str(row[-1]) for row in cursor.fetchall()]
    return "\n".join(step for step in steps if "never executed" not in step)
