"""Threads of one process that wait for SQLite's write lock, one behind the other."""

import time
from collections.abc import Callable
from threading import Lock

from django.db import OperationalError

# A patient is told within six seconds; the rest of them is for the page.
PATIENCE = 4.5  # seconds
# While the lock is thought to be held, whoever comes tries for a moment only: many who came at
# once shall not each wait their time one after another. Longer than what others write in passing,
# since it may have been given back meanwhile.
BRIEF = 1.0  # seconds
LOOK_UP = 0.05  # seconds between two looks at whether the line moves


class WriteLockQueue:
    """Whoever is first may try; as long as somebody gets through, nobody gives up."""

    def __init__(self) -> None:
        self._first = Lock()
        self._moved_at = self._failed_at = float("-inf")

    def pass_through(self, begin: Callable[[float], None], patience: float = PATIENCE) -> None:
        """Call `begin` with the seconds that it may take, once it is this thread's turn.

        Raises OperationalError if that does, or if nobody gets through for `patience` seconds.
        """
        came = time.monotonic()
        while not self._first.acquire(timeout=LOOK_UP):
            self._give_up_if_stuck(came, patience)
        try:
            if self._failed_at > came:
                raise OperationalError("database is locked")
            self._try(begin, patience)
        finally:
            self._first.release()

    def _try(self, begin: Callable[[float], None], patience: float) -> None:
        is_held = time.monotonic() - self._failed_at < PATIENCE
        try:
            begin(BRIEF if is_held else patience)
        except OperationalError:
            self._failed_at = time.monotonic()
            raise
        self._moved_at = time.monotonic()
        self._failed_at = float("-inf")

    def _give_up_if_stuck(self, came: float, patience: float) -> None:
        stuck_for = time.monotonic() - max(came, self._moved_at)
        if stuck_for > patience or self._failed_at > came:
            raise OperationalError("database is locked")
