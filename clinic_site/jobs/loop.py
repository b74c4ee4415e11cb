"""One queue worked off round by round, in a thread that has its own database connection."""

import logging
from datetime import datetime, timedelta
from threading import Event, Thread

from django.db import (
    Error,
    InterfaceError,
    OperationalError,
    close_old_connections,
    connections,
)
from django.utils import timezone

from clinic_site.jobs.queues import Queue
from clinic_site.jobs.status import note_failure, note_start

logger = logging.getLogger(__name__)

# How often a queue that has nothing to do says that it is alive.
SIGN_OF_LIFE = timedelta(minutes=1)


class Loop:
    """The rounds of one queue. Whatever goes wrong in one, the next finds everything in place."""

    def __init__(self, queue: Queue) -> None:
        self.queue = queue
        self.is_started = False
        self.seen_alive: datetime | None = None

    def round(self) -> int:
        """Do a little of what is due; return how much was done."""
        now = timezone.now()
        try:
            self._start(now)
            return self.queue.work()
        except (InterfaceError, OperationalError) as error:
            # The database may be restarting. The next round finds everything where it was.
            logger.warning(
                "%s: the database did not answer: %s", self.queue.name, type(error).__name__
            )
        except Exception as error:
            logger.exception("%s failed", self.queue.name)
            self._note_failure(now, error)
        return 0

    def _start(self, now: datetime) -> None:
        if not self.seen_alive or now - self.seen_alive >= SIGN_OF_LIFE:
            note_start(self.queue.name, now)
            self.seen_alive = now
        if not self.is_started and self.queue.at_start:
            self.queue.at_start()
        self.is_started = True

    def _note_failure(self, now: datetime, error: Exception) -> None:
        try:
            note_failure(self.queue.name, now, error)
        except Error as unwritten:
            logger.warning("%s: not noted: %s", self.queue.name, type(unwritten).__name__)


class LoopThread(Thread):
    """Goes round until `stopping` is set, and sleeps `interval` seconds when nothing is due."""

    def __init__(self, loop: Loop, stopping: Event, interval: float) -> None:
        super().__init__(name=loop.queue.name, daemon=True)
        self.loop, self.stopping, self.interval = loop, stopping, interval

    def run(self) -> None:
        try:
            while not self.stopping.is_set():
                if not self.loop.round():
                    close_old_connections()
                    self.stopping.wait(self.interval)
        finally:
            connections.close_all()
