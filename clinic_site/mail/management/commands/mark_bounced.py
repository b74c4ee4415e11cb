import sys
from typing import Any

from django.core.management.base import BaseCommand

from clinic_site.mail.bounces import mark_bounced

LARGEST = 5 * 1024 * 1024  # bytes; nobody's report is larger


class Command(BaseCommand):
    help = "Reads a mail server's report of an undeliverable email and marks the email as failed."

    def handle(self, *args: Any, **options: Any) -> None:
        noted = mark_bounced(sys.stdin.buffer.read(LARGEST))
        self.stdout.write("Noted." if noted else "No email of ours.")
