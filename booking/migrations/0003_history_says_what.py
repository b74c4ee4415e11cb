from datetime import timedelta
from typing import Any

from django.db import migrations


def say_what(apps: Any, schema_editor: Any) -> None:
    """A line of history told its move by the state alone, and the patient wrote the first."""
    AppointmentEvent = apps.get_model("booking", "AppointmentEvent")
    for state in AppointmentEvent.objects.filter(what="").values_list("to_state", flat=True).distinct():
        AppointmentEvent.objects.filter(what="", to_state=state).update(what=state)
    AppointmentEvent.objects.filter(from_state="", by=None).update(actor="patient")


def say_when_it_ends(apps: Any, schema_editor: Any) -> None:
    Appointment = apps.get_model("booking", "Appointment")
    timed = Appointment.objects.filter(starts_at__isnull=False, ends_at=None)
    for row in list(timed.only("starts_at", "duration_minutes")):
        row.ends_at = row.starts_at + timedelta(minutes=row.duration_minutes)
        row.save(update_fields=["ends_at"])


class Migration(migrations.Migration):

    dependencies = [
        ('booking', '0002_practitioners_hours_and_claims'),
    ]

    operations = [
        migrations.RunPython(say_what, migrations.RunPython.noop, elidable=True),
        migrations.RunPython(say_when_it_ends, migrations.RunPython.noop, elidable=True),
    ]
