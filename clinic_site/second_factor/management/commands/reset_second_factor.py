from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from clinic_site.accounts.models import User
from clinic_site.second_factor.actions import reset_second_factor


class Command(BaseCommand):
    help = (
        "Takes somebody's lost phone out of two-step sign-in and signs them out everywhere. "
        "For the last owner; all others are helped by an owner, on the screen of their account."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")

    def handle(self, *args: Any, username: str, **options: Any) -> None:
        try:
            user = User.objects.get_by_natural_key(username)
        except User.DoesNotExist:
            raise CommandError(f"There is no account {username}.") from None
        reset_second_factor(user, by=None)
        self.stdout.write(f"{user} sets up another phone at the next sign-in.")
