"""Profiles of the clinic's own people: found and handed over, and deleted on their own screen."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from clinic_site.accounts.models import User
from clinic_site.clinic.models.people import Person
from clinic_site.privacy.tables import (
    CannotErase,
    Exported,
    PersonalDataTable,
    RowSummary,
    export_fields,
)


class PersonTable(PersonalDataTable[Person]):
    title = _("Profiles of our people")
    model = Person

    def summary(self, row: Person) -> RowSummary:
        return RowSummary(row.name, (row.name,))

    def export(self, row: Person) -> Exported:
        return export_fields(row, "name slug credentials role biography photo on_team")

    def identity(self, row: Person) -> str:
        return f"{row.pk} {row.translation_key}"

    def erase(self, row: Person, *, by: User | None) -> None:
        raise CannotErase(_("It’s a profile of the team. Delete it under Snippets » People."))


TABLES: list[PersonalDataTable[Any]] = [PersonTable()]
