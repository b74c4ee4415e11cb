"""Staff accounts: found and handed over like all else, and ended on their own screen."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import ModelLogEntry, PageLogEntry

from clinic_site.accounts.models import User
from clinic_site.privacy.tables import (
    CannotErase,
    Exported,
    PersonalDataTable,
    RowSummary,
    Sought,
    export_fields,
    export_value,
    matches,
)


class UserTable(PersonalDataTable[User]):
    title = _("Staff accounts")
    model = User

    def find(self, sought: Sought) -> Iterable[User]:
        if sought.name:  # there are as many as people work here
            return [user for user in self.rows() if matches(self.summary(user), sought)]
        found = Q(pk__in=[])
        for email in sought.emails:
            found |= Q(email__iexact=email)
        return User.objects.filter(found)

    def summary(self, row: User) -> RowSummary:
        emails = (row.email,) if row.email else ()
        return RowSummary(row.get_username(), (row.display_name,), emails)

    def export(self, row: User) -> Exported:
        fields = "username first_name last_name email is_active last_login date_joined"
        exported: dict[str, Any] = dict(export_fields(row, fields))
        exported[gettext("Roles")] = [group.name for group in row.groups.all()]
        exported[gettext("What was done with it")] = [
            f"{export_value(line.timestamp)} {line.action}"
            for log in (ModelLogEntry, PageLogEntry)
            for line in log.objects.filter(user=row).order_by("timestamp").iterator()
        ]
        return exported

    def identity(self, row: User) -> str:
        return f"{row.pk} {row.date_joined.isoformat()}"

    def erase(self, row: User, *, by: User | None) -> None:
        raise CannotErase(_("It’s a staff account. An owner can delete it under Settings » Staff."))


TABLES: list[PersonalDataTable[Any]] = [UserTable()]
