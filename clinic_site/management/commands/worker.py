import signal
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import InterfaceError, OperationalError, close_old_connections
from django.utils import timezone

from clinic_site.chores import do_due_chores
from clinic_site.mail import send_due_mails
from clinic_site.pictures import ask_for_what_is_missing, make_due_pictures


class Command(BaseCommand):
    help = "Sends mail, makes pictures and does chores until told to stop. Any number may run."

    caught_up = stopping = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is due now, then end")
        parser.add_argument("--interval", type=float, default=2, help="seconds between rounds")

    def handle(self, *args: Any, once: bool, interval: float, **options: Any) -> None:
        signal.signal(signal.SIGTERM, self.stop)
        signal.signal(signal.SIGINT, self.stop)
        while not self.stopping:
            if self.work():
                continue
            if once:
                break
            close_old_connections()
            time.sleep(interval)

    def work(self) -> int:
        """Send what is due and make one picture, so that no letter waits for many pictures."""
        try:
            do_due_chores(timezone.now())
            send_due_mails()
            if not self.caught_up:
                ask_for_what_is_missing()
                self.caught_up = True
            return make_due_pictures(timezone.now(), limit=1)
        except (InterfaceError, OperationalError) as error:
            # The database may be restarting. The next round finds every letter where it was.
            self.stderr.write(f"The database did not answer: {type(error).__name__}")
            return 0

    def stop(self, *_signal: Any) -> None:
        self.stopping = True
