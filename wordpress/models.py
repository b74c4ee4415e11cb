from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportedItem(models.Model):
    """What became of an item of another site, so that it is brought once.

    A row whose object is gone stays: what somebody has deleted here does not come again.
    """

    class Kind(models.TextChoices):
        PAGE = "page", _("page")
        TOPIC = "topic", _("topic")
        FILE = "file", _("file")
        PERSON = "person", _("person")
        COMMENT = "comment", _("comment")

    source = models.CharField(max_length=200)  # the other site's address, without https://
    kind = models.CharField(max_length=7, choices=Kind.choices)
    old_id = models.CharField(max_length=64)
    object_id = models.PositiveBigIntegerField(null=True)
    # Of what was stored of it; what is the same is not stored again.
    digest = models.CharField(max_length=64, blank=True)
    # The version of a page that the import has left: a later one is somebody's.
    revision_id = models.PositiveBigIntegerField(null=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["source", "kind", "old_id"], name="imported_once")
        ]
        indexes = [models.Index(fields=["kind", "digest"], name="imported_by_digest")]

    def __str__(self) -> str:
        return f"{self.kind} {self.old_id} of {self.source}"
