"""Notes become rows, every so many seconds, by a thread of the process that serves.

A process that is killed loses what it has noted since; one that is told to end writes it first.
"""

import logging
import threading
from collections import Counter

from django.db import Error, connection

from clinic_site.clinic.current import today_at_clinic
from clinic_site.page_views.counting.adding_up import CountedName, Kind, add_up
from clinic_site.page_views.counting.notes import take_notes
from clinic_site.page_views.counting.storing import DayCount, store
from clinic_site.sqlite.lock_timeout import lock_timeout

logger = logging.getLogger(__name__)

INTERVAL = 20.0  # seconds; a note counts for the day on which it is written
WAIT = 1.0  # second, for SQLite's lock; forms come first
MOST_UNWRITTEN = 5000  # names, while the database takes nothing

_unwritten: Counter[DayCount] = Counter()
_turn = threading.Lock()  # one writes at a time; nobody who notes ever takes it


def write_counts() -> None:
    """Write what has been noted. What the database does not take now waits for the next time."""
    with _turn:
        _take_over(add_up(take_notes()))
        if not _unwritten:
            return
        try:
            with lock_timeout(WAIT):
                store(_unwritten)
        except Error:
            return
        _unwritten.clear()


def _take_over(sums: Counter[CountedName]) -> None:
    """Add to what waits. Pages first: nobody can invent them, but all else."""
    for (kind, name), number in sorted(sums.items(), key=_is_invented):
        row = DayCount(today_at_clinic(), kind, name)
        if row in _unwritten or len(_unwritten) < MOST_UNWRITTEN:
            _unwritten[row] += number


def _is_invented(item: tuple[CountedName, int]) -> bool:
    return item[0].kind != Kind.PAGE


class CountsWriter:
    """The thread, from the start of a process that serves to its end."""

    def __init__(self, interval: float = INTERVAL) -> None:
        self.interval = interval
        self.is_over = threading.Event()
        self.thread = threading.Thread(target=self._run, name="page views", daemon=True)

    def start(self) -> None:
        self.thread.start()

    def stop(self) -> None:
        """Write what is left. The thread is waited for, since it may be writing."""
        self.is_over.set()
        self.thread.join(timeout=5)
        self._write()

    def _run(self) -> None:
        while not self.is_over.wait(self.interval):
            self._write()

    def _write(self) -> None:
        try:
            write_counts()
        except Exception:  # a count is worth no process
            logger.exception("page views were not written")
        finally:
            connection.close()
