"""Emails on their way: found by whom they go to or answer, handed over and erased."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from clinic_site.accounts.models import User
from clinic_site.clinic.models.locations import Location
from clinic_site.mail.models import OutgoingEmail
from clinic_site.mail.outbox import delete_emails
from clinic_site.privacy.tables import (
    Exported,
    PersonalDataTable,
    RowSummary,
    export_fields,
    export_value,
)


class OutgoingEmailTable(PersonalDataTable[OutgoingEmail]):
    """Of an email that has left nothing is kept that says whose it was."""

    title = _("Emails that haven’t left yet")
    model = OutgoingEmail

    def rows(self) -> Iterable[OutgoingEmail]:
        return OutgoingEmail.objects.filter(state=OutgoingEmail.State.WAITING).iterator()

    def summary(self, row: OutgoingEmail) -> RowSummary:
        ours = {email.casefold() for email in Location.objects.values_list("email", flat=True)}
        both = (row.to, row.reply_to)
        addresses = tuple(email for email in both if email and email.casefold() not in ours)
        return RowSummary(f"{row.subject}, {export_value(row.due_at)}", (), addresses)

    def export(self, row: OutgoingEmail) -> Exported:
        return export_fields(row, "to reply_to subject text due_at")

    def identity(self, row: OutgoingEmail) -> str:
        return row.message_id

    def erase(self, row: OutgoingEmail, *, by: User | None) -> None:
        delete_emails(OutgoingEmail.objects.filter(pk=row.pk))


TABLES: list[PersonalDataTable[Any]] = [OutgoingEmailTable()]
