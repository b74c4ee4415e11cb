"""Work that waits in the apps' own tables. The worker has a thread for each queue."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Queue:
    """`work` does a little of what is due and returns how much; 0 when nothing is left.

    A little: the worker is asked to stop between two of them. `at_start` is called once by each
    worker, before its first round.
    """

    name: str
    work: Callable[[], int]
    at_start: Callable[[], object] | None = None


_queues: dict[str, Queue] = {}


def register_queue(
    name: str, work: Callable[[], int], at_start: Callable[[], object] | None = None
) -> None:
    """Have the worker call `work` in each round. An app calls this as it starts."""
    _queues[name] = Queue(name, work, at_start)


def queues() -> list[Queue]:
    return list(_queues.values())
