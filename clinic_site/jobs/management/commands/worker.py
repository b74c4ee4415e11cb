import signal
import time
from functools import partial
from threading import Event
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from clinic_site.database_check.starting import reason_not_to_start
from clinic_site.jobs.loop import Loop, LoopThread
from clinic_site.jobs.periodic import run_due_jobs
from clinic_site.jobs.queues import Queue, queues

# An email or a job on its way may end in peace. What does not is done by another worker, or by
# this one when it is back, as soon as its claim has run out.
STOP_WITHIN = 20  # seconds


def run_due(takes_long: bool) -> int:
    return run_due_jobs(timezone.now(), takes_long=takes_long)


PERIODIC_JOBS = (
    Queue("periodic jobs", partial(run_due, False)),
    Queue("long periodic jobs", partial(run_due, True)),
)


class Command(BaseCommand):
    help = "Does periodic jobs and works off queues until told to stop. Any number may run."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is due now, then end")
        parser.add_argument("--interval", type=float, default=2, help="seconds between rounds")

    def handle(self, *args: Any, once: bool, interval: float, **options: Any) -> None:
        if reason := reason_not_to_start():
            raise CommandError(reason)
        self.stopping = Event()
        signal.signal(signal.SIGTERM, self.stop)
        signal.signal(signal.SIGINT, self.stop)
        loops = [Loop(queue) for queue in (*PERIODIC_JOBS, *queues())]
        if once:
            done = 1
            while done and not self.stopping.is_set():
                done = sum(loop.round() for loop in loops)
        else:
            self.work(loops, interval)

    def work(self, loops: list[Loop], interval: float) -> None:
        """Work off every queue in a thread of its own: what hangs holds up itself alone."""
        threads = [LoopThread(loop, self.stopping, interval) for loop in loops]
        for thread in threads:
            thread.start()
        while all(thread.is_alive() for thread in threads) and not self.stopping.wait(1):
            pass
        ended = [thread.name for thread in threads if not thread.is_alive()]
        is_asked_to = self.stopping.is_set()
        self.stopping.set()
        give_up = time.monotonic() + STOP_WITHIN
        for thread in threads:
            thread.join(max(0, give_up - time.monotonic()))
        if not is_asked_to:  # whoever started this worker starts another
            raise CommandError(f"The thread of {', '.join(ended)} has ended.")

    def stop(self, *_signal: Any) -> None:
        self.stopping.set()
