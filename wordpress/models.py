from django.conf import settings
from django.db import models
from django.utils import timezone
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


class ImportRun(models.Model):
    """An import that an owner has asked for; the worker does it."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting for the worker")
        RUNNING = "running", _("under way")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")

    export = models.CharField(_("export"), max_length=200)  # a file in VAR_DIR/import
    media = models.CharField(_("folder of pictures"), max_length=200, blank=True)
    host = models.CharField(_("old site"), max_length=200, blank=True)
    dry_run = models.BooleanField(_("trial"), default=True)
    state = models.CharField(max_length=7, choices=State.choices, default=State.WAITING)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(default=timezone.now, db_index=True)
    stage = models.CharField(max_length=20, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    report = models.JSONField(default=dict)
    problem = models.CharField(max_length=200, blank=True)

    class Meta:
        default_permissions = ()
        permissions = [("import_site", _("Can move in from WordPress"))]
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"import {self.pk}"

    @property
    def has_ended(self) -> bool:
        return self.state in (self.State.DONE, self.State.FAILED)
