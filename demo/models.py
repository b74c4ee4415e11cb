from django.db import models


class DemoRow(models.Model):
    """Something that the demo has brought, or a record of the site's that it has changed."""

    model = models.CharField(max_length=80)  # as in "clinic.Person"
    object_id = models.PositiveBigIntegerField()
    # Of what it said when it was loaded: what says otherwise now, somebody has changed.
    digest = models.CharField(max_length=64)
    # Of a record that was there before: what it said then, by field.
    before = models.JSONField(null=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["model", "object_id"], name="demo_row_noted_once")
        ]

    def __str__(self) -> str:
        return f"{self.model} {self.object_id}"
