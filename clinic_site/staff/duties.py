"""What somebody's colleagues take over when they leave. Each app says what is its own.

An app calls `register_duty` as it starts. None of them knows of the others.
"""

from typing import Any

from django.db.models import QuerySet

from clinic_site.accounts.models import User
from clinic_site.clinic.models.people import Person
from clinic_site.privacy.tables import Words

Note = dict[str, Any]  # numbers alone: it is kept as JSON


class Duty:
    key: str
    title: Words
    question: Words  # who takes over
    without: Words  # what becomes of it if nobody does

    def held(self, person: Person) -> list[str]:
        """Return what somebody has of it, in sentences; nothing if they have none."""
        raise NotImplementedError

    def takers(self, person: Person) -> QuerySet[Person]:
        """Return those who could take it over."""
        raise NotImplementedError

    def hand_over(self, person: Person, to: Person | None, *, by: User) -> Note:
        """Give all of it `to` somebody, or to nobody; return what has to be known to undo it.

        Call it in a transaction.
        """
        raise NotImplementedError

    def take_back(self, person: Person, note: Note, *, by: User) -> list[str]:
        """Undo that as far as nothing has followed; return in sentences what stays as it is."""
        raise NotImplementedError


_duties: list[Duty] = []


def register_duty(duty: Duty) -> None:
    _duties.append(duty)


def duties() -> list[Duty]:
    return list(_duties)
