import signal
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import InterfaceError, OperationalError, close_old_connections
from django.utils import timezone

from clinic_site.jobs.periodic import run_due_jobs
from clinic_site.jobs.queues import queues
from clinic_site.schema.earlier import reason_not_to_start


class Command(BaseCommand):
    help = "Does periodic jobs and works off queues until told to stop. Any number may run."

    stopping = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is due now, then end")
        parser.add_argument("--interval", type=float, default=2, help="seconds between rounds")

    def handle(self, *args: Any, once: bool, interval: float, **options: Any) -> None:
        if reason := reason_not_to_start():
            raise CommandError(reason)
        signal.signal(signal.SIGTERM, self.stop)
        signal.signal(signal.SIGINT, self.stop)
        self.to_start = queues()
        while not self.stopping:
            if self.work():
                continue
            if once:
                break
            close_old_connections()
            time.sleep(interval)

    def work(self) -> int:
        """Do one round; return how much was done of what waits in queues."""
        try:
            run_due_jobs(timezone.now())
            self.start_queues()
            return sum(queue.work() for queue in queues())
        except (InterfaceError, OperationalError) as error:
            # The database may be restarting. The next round finds everything where it was.
            self.stderr.write(f"The database did not answer: {type(error).__name__}")
            return 0

    def start_queues(self) -> None:
        while self.to_start:
            if at_start := self.to_start[0].at_start:
                at_start()
            self.to_start.pop(0)

    def stop(self, *_signal: Any) -> None:
        self.stopping = True
