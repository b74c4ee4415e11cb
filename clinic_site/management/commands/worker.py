import signal
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import InterfaceError, OperationalError, close_old_connections

from clinic_site.mail import send_due_mails


class Command(BaseCommand):
    help = "Sends queued mail until it is told to stop. Any number of workers may run."

    stopping = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is due now, then end")
        parser.add_argument("--interval", type=float, default=2, help="seconds between rounds")

    def handle(self, *args: Any, once: bool, interval: float, **options: Any) -> None:
        signal.signal(signal.SIGTERM, self.stop)
        signal.signal(signal.SIGINT, self.stop)
        while not self.stopping:
            self.work()
            if once:
                break
            close_old_connections()
            time.sleep(interval)

    def work(self) -> None:
        try:
            send_due_mails()
        except (InterfaceError, OperationalError) as error:
            # The database may be restarting. The next round finds every letter where it was.
            self.stderr.write(f"The database did not answer: {type(error).__name__}")

    def stop(self, *_signal: Any) -> None:
        self.stopping = True
