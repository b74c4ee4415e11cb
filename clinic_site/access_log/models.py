"""Who of the staff saw whom and did what with accounts and settings: numbers alone."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clinic_site.history.append_only import AppendOnlyModel, AppendOnlyQuerySet
from clinic_site.privacy.encryption import EncryptedTextField


class AccessSeal(models.Model):
    """A batch of lines that is closed, chained to the one before it.

    When its lines have been kept long enough they go, and it stays, so that the chain holds.
    """

    number = models.PositiveBigIntegerField(unique=True)  # from one on, without gaps
    made_at = models.DateTimeField(default=timezone.now)
    count = models.PositiveIntegerField()
    first_at = models.DateTimeField()  # of its oldest line
    last_at = models.DateTimeField()
    lines_hash = models.CharField(max_length=64)
    chain_hash = models.CharField(max_length=64)  # of what stands above and the seal before
    # The same again, encrypted: whoever can write to the database alone cannot make another chain.
    proof = EncryptedTextField()
    # Its lines were older than this, and have been deleted.
    ended_before = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("seal of the access log")
        verbose_name_plural = _("seals of the access log")
        ordering = ["number"]
        default_permissions = ()
        indexes = [
            models.Index(
                fields=["number"], condition=Q(ended_before=None), name="access_seal_not_ended"
            )
        ]

    def __str__(self) -> str:
        return f"seal {self.number}"


class AccessLineQuerySet(AppendOnlyQuerySet):
    def unsealed(self) -> "AccessLineQuerySet":
        return self.filter(seal=None).order_by("pk")

    def take_into(self, seal: AccessSeal) -> int:
        """Name the seal in lines that have none yet: the one thing that is written later."""
        return super(AppendOnlyQuerySet, self.filter(seal=None)).update(seal=seal)

    def end_with(self, seal: AccessSeal) -> int:
        """Delete the lines of a seal, all of them."""
        ended: int = super(AppendOnlyQuerySet, self.filter(seal=seal)).delete()[0]
        return ended

    def about(self, records: Mapping[str, Any]) -> "AccessLineQuerySet":
        """Those about records, given as numbers or a query of them by the label of the table."""
        wanted = Q(pk__in=[])
        for table, numbers in records.items():
            wanted |= Q(table=table, record__in=numbers)
        return self.filter(wanted)


class AccessLine(AppendOnlyModel):
    """Who, when, what, which record. It names nobody, so erasing a patient leaves it standing."""

    class Kind(models.TextChoices):
        LOOK = "look", _("Looked at")
        EXPORT = "export", _("Handed over as a file")
        FEED = "feed", _("Read by a calendar feed")
        REFUSED = "refused", _("Refused")
        SIGN_IN = "sign_in", _("Signed in")
        SIGN_IN_FAILED = "sign_in_failed", _("Sign-in failed")
        WRONG_CODE = "wrong_code", _("Wrong code at sign-in")
        SIGN_OUT = "sign_out", _("Signed out")
        SECOND_FACTOR = "second_factor", _("Two-step sign-in changed")
        ACCOUNT = "account", _("Account changed")
        ROLE = "role", _("Role changed")
        SETTING = "setting", _("Setting changed")

    OF_RECORDS = (Kind.LOOK, Kind.EXPORT, Kind.FEED)

    at = models.DateTimeField(default=timezone.now)
    kind = models.CharField(max_length=14, choices=Kind.choices)
    account = models.BigIntegerField(null=True)  # none: nobody who is known, or the server itself
    via = models.CharField(max_length=80, blank=True)  # the name of the address, or the command
    table = models.CharField(max_length=60, blank=True)  # "app.model"
    record = models.BigIntegerField(null=True)
    details = models.CharField(max_length=250, blank=True)  # names of fields and roles, no values
    # The hour in which a screen that renews itself has shown the record, for it to do so once.
    renewed_in = models.DateTimeField(null=True)
    seal = models.ForeignKey(
        AccessSeal, null=True, on_delete=models.PROTECT, related_name="lines", editable=False
    )

    objects: ClassVar[Any] = AccessLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of the access log")
        verbose_name_plural = _("lines of the access log")
        ordering = ["-pk"]
        default_permissions = ()
        permissions = [("read_access_log", "Can see who saw which patient, and who signed in")]
        constraints = [
            models.UniqueConstraint(
                fields=["account", "via", "table", "record", "renewed_in"],
                name="renewed_look_is_written_once_an_hour",
            )
        ]
        indexes = [
            models.Index(fields=["table", "record", "-id"], name="access_line_of_record"),
            models.Index(fields=["account", "at"], name="access_line_of_account"),
            models.Index(
                fields=["-id"],
                condition=~Q(kind__in=["look", "export", "feed"]),
                name="access_line_of_event",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
