"""An account for each role and each of the clinic's people, with passwords made here."""

import secrets

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from clinic_site.accounts.roles import Role
from clinic_site.clinic.models.people import Person

USERNAMES = {
    "Editors": "editor",
    "Moderators": "moderator",
    "Front desk": "frontdesk",
    "Practitioners": "practitioner",
    "Owners": "owner",
}
PRACTITIONER = "Dana Whitfield"  # the others sign in by their first names


def create_accounts() -> str:
    """Create the accounts; return a line for each, with its name and password."""
    roles = {USERNAMES[role]: (role, ("Demo", role)) for role in reversed(Role)}
    people = {_username(person): person for person in Person.objects.order_by("sort_order")}
    names = {name: ("Practitioners", tuple(people[name].name.split())) for name in people}
    lines = [_create_account(name, *who) for name, who in (roles | names).items()]
    for name, person in people.items():
        person.account = get_user_model().objects.get(username=name)
        person.save()
    return "".join(lines)


def _username(person: Person) -> str:
    if person.name == PRACTITIONER:
        return USERNAMES["Practitioners"]
    return person.name.split()[0].lower()


def _create_account(name: str, role: str, full_name: tuple[str, ...]) -> str:
    password = secrets.token_urlsafe(12)
    user = get_user_model().objects.create_user(
        name,
        f"{name}@motionunlimited.example",
        password,
        first_name=full_name[0],
        last_name=full_name[-1],
    )
    user.groups.add(Group.objects.get(name=role))
    return f"{name:12}  {password}  ({' '.join(full_name)}, {role})\n"
