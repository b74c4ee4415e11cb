from typing import Any

from django.core.management.base import BaseCommand

from clinic_site.staff.first_account import NotTheFirst, first_account_url


class Command(BaseCommand):
    help = "Prints the address at which the first account is made, while there is none."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            url = first_account_url()
        except NotTheFirst:
            return
        self.stdout.write(f"\nSet up your clinic here (works once, within a day):\n\n  {url}\n")
