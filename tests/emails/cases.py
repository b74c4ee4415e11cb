"""What leads to each email, by the name of its template."""

from collections.abc import Callable

CASES: dict[str, Callable[[], object]] = {}


def case(name: str) -> Callable[[Callable[[], object]], Callable[[], object]]:
    """Name what leads to an email, the last that it queues."""

    def note(queue: Callable[[], object]) -> Callable[[], object]:
        CASES[name] = queue
        return queue

    return note
