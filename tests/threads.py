"""Many at once: real threads that start together, each with a connection of its own."""

import fcntl
import os
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Barrier
from typing import TypeVar

from django.db import connection, connections

T = TypeVar("T")

# A server has eight threads in a process, a test as many as fifty that share one processor: whoever
# holds SQLite's write lock gets on so much the slower.
PATIENCE = 60  # seconds


def all_at_once(actions: Iterable[Callable[[], T]]) -> list[T | Exception]:
    """Do all `actions` together; return what each returned or raised, in their order."""
    actions = list(actions)
    start = Barrier(len(actions))

    def run(action: Callable[[], T]) -> T | Exception:
        if connection.vendor == "sqlite":
            connection.patience = PATIENCE  # type: ignore[attr-defined]
        start.wait()
        try:
            return action()
        except Exception as error:
            return error
        finally:
            connections.close_all()

    with _one_crowd(), ThreadPoolExecutor(len(actions)) as pool:
        return list(pool.map(run, actions))


@contextmanager
def _one_crowd() -> Iterator[None]:
    """Let no other process of tests do the same meanwhile.

    Two crowds of fifty are more than the hundred connections that PostgreSQL takes.
    """
    with (Path(tempfile.gettempdir()) / f"crowd-of-tests-{os.getuid()}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def outcomes(results: Iterable[object]) -> Counter[str]:
    """Count what came of each: what was made, or why nothing was."""
    return Counter(type(result).__name__ for result in results)


def at_once(action: Callable[[], T], times: int = 20) -> list[T]:
    """Do `action` in many threads together; return what it returned, or raise what it raised."""
    results: list[T] = []
    for result in all_at_once([action] * times):
        if isinstance(result, Exception):
            raise result
        results.append(result)
    return results
