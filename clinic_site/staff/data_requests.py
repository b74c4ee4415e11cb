"""Invitations to work here: found by their address, handed over and erased."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from clinic_site.accounts.models import User
from clinic_site.privacy.tables import (
    Exported,
    PersonalDataTable,
    RowSummary,
    export_fields,
    export_value,
)
from clinic_site.staff.emails import stop_invitation
from clinic_site.staff.models import StaffInvitation


class InvitationTable(PersonalDataTable[StaffInvitation]):
    title = _("Invitations to work here")
    model = StaffInvitation

    def summary(self, row: StaffInvitation) -> RowSummary:
        return RowSummary(export_value(row.created_at), (), (row.email,))

    def export(self, row: StaffInvitation) -> Exported:
        return export_fields(row, "email created_at expires_at")

    def identity(self, row: StaffInvitation) -> str:
        return f"{row.pk} {row.created_at.isoformat()}"

    def erase(self, row: StaffInvitation, *, by: User | None) -> None:
        stop_invitation(row)
        row.delete()


TABLES: list[PersonalDataTable[Any]] = [InvitationTable()]
