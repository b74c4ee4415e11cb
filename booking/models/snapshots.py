"""How an appointment stood before a change by the desk, for as long as that can be taken back."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from booking.models.appointments import Appointment
from booking.models.events import AppointmentEvent
from clinic_site.privacy.encryption import EncryptedTextField

UNDO_FOR = timedelta(minutes=15)


class AppointmentSnapshotManager(models.Manager["AppointmentSnapshot"]):
    def keep(
        self,
        event: AppointmentEvent,
        columns: dict[str, Any],
        *,
        claims: Sequence[tuple[int, list[int]]] = (),
        proposed: Sequence[tuple[int, datetime]] = (),
    ) -> None:
        """Keep what was before the change that `event` tells of, which has just been written.

        `claims` are cells by practitioner, `proposed` the times that a patient could choose from.
        """
        before = {"columns": columns, "claims": claims, "proposed": proposed}
        self.create(
            event=event,
            version=event.appointment.version,
            before=json.dumps(before, cls=DjangoJSONEncoder),
            made_at=event.at,
        )

    def note_untold(self, event: AppointmentEvent, untold: AppointmentEvent) -> None:
        """Keep that `untold` waited to be told when the change of `event` took its place."""
        self.filter(event=event).update(untold=untold)


class AppointmentSnapshot(models.Model):
    """What a change by the desk has written over. It goes once nothing can be undone with it."""

    event = models.OneToOneField(
        AppointmentEvent, on_delete=models.CASCADE, related_name="snapshot"
    )
    # The version that the change has left: with any other, something has been done since.
    version = models.PositiveIntegerField()
    # JSON of the columns before, of the time that was claimed, and of the times proposed.
    before = EncryptedTextField()
    made_at = models.DateTimeField(db_index=True)
    # The first of the changes before that the patient had not heard of, if one waited to be told.
    untold = models.ForeignKey(
        AppointmentEvent, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = AppointmentSnapshotManager()

    class Meta:
        verbose_name = _("state before a change")
        verbose_name_plural = _("states before changes")

    def __str__(self) -> str:
        return str(self.event)

    @cached_property
    def kept(self) -> dict[str, Any]:
        kept: dict[str, Any] = json.loads(self.before)
        return kept

    @property
    def columns(self) -> dict[str, Any]:
        """What the columns that were written over held, by name."""
        columns: dict[str, Any] = self.kept["columns"]
        fields = {field.attname: field for field in Appointment._meta.concrete_fields}
        return {name: fields[name].to_python(value) for name, value in columns.items()}

    @property
    def claims(self) -> list[tuple[int, list[int]]]:
        return [(person, cells) for person, cells in self.kept["claims"]]

    @property
    def proposed(self) -> list[tuple[int, datetime]]:
        return [(person, datetime.fromisoformat(at)) for person, at in self.kept["proposed"]]
