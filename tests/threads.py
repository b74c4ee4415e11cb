"""Many at once: real threads that start together, each with a connection of its own."""

from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from django.db import connections

T = TypeVar("T")


def all_at_once(actions: Iterable[Callable[[], T]]) -> list[T | Exception]:
    """Do all `actions` together; return what each returned or raised, in their order."""
    actions = list(actions)
    start = Barrier(len(actions))

    def run(action: Callable[[], T]) -> T | Exception:
        start.wait()
        try:
            return action()
        except Exception as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(actions)) as pool:
        return list(pool.map(run, actions))


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
