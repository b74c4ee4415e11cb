from typing import Any

from django.core.management.base import BaseCommand

from clinic_site.accounts.roles import reset_roles


class Command(BaseCommand):
    help = "Sets the permissions of every role back to what the code says."

    def handle(self, *args: Any, **options: Any) -> None:
        reset_roles()
        self.stdout.write("Every role has the permissions that the code gives it, and no others.")
