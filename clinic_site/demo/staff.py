"""One account for each role, with passwords made at random on this machine."""

import secrets

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from clinic_site.roles import ROLES

USERNAMES = {
    "Editors": "editor",
    "Moderators": "moderator",
    "Front desk": "frontdesk",
    "Practitioners": "practitioner",
    "Owners": "owner",
}


def create_accounts() -> str:
    """Create the accounts; return a line for each, with its name and password."""
    return "".join(f"{_create_account(role)}  ({role})\n" for role in reversed(ROLES))


def _create_account(role: str) -> str:
    name, password = USERNAMES[role], secrets.token_urlsafe(12)
    user = get_user_model().objects.create_user(
        name, f"{name}@motionunlimited.example", password, first_name="Demo", last_name=role
    )
    user.groups.add(Group.objects.get(name=role))
    return f"{name:12}  {password}"
