"""What has happened to a comment, and what waits to."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clinic_site.history.append_only import AppendOnlyModel
from clinic_site.privacy.encryption import EncryptedJSONField, EncryptedTextField
from comments.models.state import CommentState

# How long a decision can be taken back, and what it removed is kept for that.
UNDO_FOR = timedelta(minutes=15)


class CommentEdit(models.Model):
    """Other words for an approved comment, kept apart from those shown until decided."""

    comment = models.OneToOneField(
        "comments.Comment", on_delete=models.CASCADE, related_name="edit"
    )
    text = EncryptedTextField(_("new words"), max_length=5000, shown=True)
    held_for = EncryptedJSONField(empty=list, shown=True)
    submitted_at = models.DateTimeField(default=timezone.now, db_index=True)

    def __str__(self) -> str:
        return f"edit of comment {self.comment_id}"


class CommentEvent(AppendOnlyModel):
    """One line of a comment's history: who did what and when. Lines are only ever added."""

    class EventType(models.TextChoices):
        SUBMITTED = "submitted", _("sent")
        APPROVED = "approved", _("approved")
        TRUSTED = "trusted", _("approved by the rule of trust")
        REJECTED = "rejected", _("rejected")
        SPAM = "spam", _("marked as spam")
        UNDONE = "undone", _("taken back")
        REQUEUED = "requeued", _("put back in the queue")
        REDACTED = "redacted", _("partly removed")
        REPLIED = "replied", _("answered by the clinic")
        EDITED = "edited", _("edited by its writer")
        EDIT_APPROVED = "edit_approved", _("edit approved")
        EDIT_REJECTED = "edit_rejected", _("edit rejected")
        WITHDRAWN = "withdrawn", _("withdrawn by its writer")
        ERASED = "erased", _("erased")
        IMPORTED = "imported", _("brought from the earlier website")

    comment = models.ForeignKey("comments.Comment", on_delete=models.CASCADE, related_name="events")
    event_type = models.CharField(_("what"), max_length=13, choices=EventType.choices)
    at = models.DateTimeField(_("when"), default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who"),
        null=True,  # its writer, or the site itself
        on_delete=models.SET_NULL,
        related_name="+",
    )
    from_state = models.CharField(max_length=9, choices=CommentState.choices, blank=True)
    to_state = models.CharField(max_length=9, choices=CommentState.choices)
    # Each event is taken back at most once.
    undoes = models.OneToOneField("self", null=True, on_delete=models.CASCADE, related_name="undo")

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["by", "at"], name="comment_events_of_somebody")]

    def __str__(self) -> str:
        return f"{self.comment_id}: {self.event_type}"


class UndoSnapshot(models.Model):
    """Words that an event has removed, kept for as long as it can be undone, no longer."""

    event = models.OneToOneField(CommentEvent, on_delete=models.CASCADE, related_name="kept")
    text = EncryptedTextField()
    was_redacted = models.BooleanField(default=False)
    edit_text = EncryptedTextField(blank=True)
    edit_held_for = EncryptedJSONField(empty=list, shown=True)
    delete_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"words of event {self.event_id}"
