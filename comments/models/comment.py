"""What is said in public, and what is waiting to be."""

import secrets
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from comments.moderation.rules import LIKELY_SPAM

# How long a decision can be taken back, and what it removed is kept for that.
UNDO_FOR = timedelta(minutes=15)


def new_key() -> str:
    return secrets.token_hex(16)


class CommentQuerySet(models.QuerySet["Comment"]):
    def approved(self) -> "CommentQuerySet":
        """What anybody may read, in the order it was said."""
        return self.filter(state=Comment.State.APPROVED).order_by("submitted_at", "pk")

    def waiting(self) -> "CommentQuerySet":
        """The moderation queue, oldest first: new comments, and edits of approved ones."""
        held = Q(state=Comment.State.PENDING) | Q(pk__in=CommentEdit.objects.values("comment"))
        return self.filter(held).order_by("submitted_at", "pk")

    def to_read(self) -> "CommentQuerySet":
        """What waits and does not look like spam, oldest first."""
        pending = self.filter(state=Comment.State.PENDING, spam_score__lt=LIKELY_SPAM)
        return pending.order_by("submitted_at", "pk")

    def likely_spam(self) -> "CommentQuerySet":
        """What waits and looks like spam, oldest first."""
        pending = self.filter(state=Comment.State.PENDING, spam_score__gte=LIKELY_SPAM)
        return pending.order_by("submitted_at", "pk")

    def matching(self, words: str) -> "CommentQuerySet":
        return self.filter(Q(name__icontains=words) | Q(text__icontains=words))


class Comment(models.Model):
    class State(models.TextChoices):
        PENDING = "pending", _("pending")
        APPROVED = "approved", _("approved")
        REJECTED = "rejected", _("rejected")
        SPAM = "spam", _("spam")
        WITHDRAWN = "withdrawn", _("withdrawn by its writer")
        ERASED = "erased", _("erased")

    page = models.ForeignKey(
        Page, verbose_name=_("page"), on_delete=models.CASCADE, related_name="comments"
    )
    # Erased comments leave an empty row, so answers keep their place.
    parent = models.ForeignKey(
        "self",
        verbose_name=_("answers"),
        null=True,
        on_delete=models.RESTRICT,
        related_name="answers",
    )
    name = models.CharField(_("name"), max_length=80)
    text = models.TextField(_("comment"), max_length=5000)
    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.PENDING)
    # Grows with every change; a change made on a stale page hits no row.
    version = models.PositiveIntegerField(default=1, editable=False)
    # Made from the form and all it said; the same form twice is one comment.
    submission_key = models.CharField(  # noqa: DJ001  # unique, and several are erased
        max_length=64, unique=True, null=True, default=new_key, editable=False
    )
    submitted_at = models.DateTimeField(_("sent"), default=timezone.now)
    decided_at = models.DateTimeField(_("decided"), null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    # Finds the same words sent again, however they are spaced; empty once erased.
    digest = models.CharField(max_length=32, blank=True, default="", db_index=True)
    # Why it is held, as `moderation.rules.Reason.stored()`; see `moderation.rules.in_words`.
    held_for = models.JSONField(_("held because"), default=list)
    # How much it looks like spam, 0 to 1, by `comments.moderation.classifier`. It sorts and holds.
    spam_score = models.FloatField(_("looks like spam"), default=0)
    # What the classifier has learnt from it, so that it can be unlearnt: "spam", "fine" or "".
    learnt_as = models.CharField(max_length=4, blank=True, default="")
    is_staff = models.BooleanField(_("from the clinic"), default=False)
    staff_author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("written by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    redacted = models.BooleanField(_("partly removed"), default=False)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["-submitted_at", "-pk"]
        indexes = [
            models.Index(fields=["page", "state", "submitted_at"], name="comment_thread"),
            models.Index(fields=["state", "submitted_at"], name="comment_queue"),
            models.Index(
                fields=["submitted_at", "id"],
                name="comment_to_read",
                condition=Q(state="pending", spam_score__lt=LIKELY_SPAM),
            ),
            models.Index(
                fields=["submitted_at", "id"],
                name="comment_likely_spam",
                condition=Q(state="pending", spam_score__gte=LIKELY_SPAM),
            ),
            models.Index(fields=["submitted_at", "id"], name="comment_newest"),
            models.Index(fields=["page", "submitted_at"], name="comment_of_page"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="pending", decided_at__isnull=True)
                | (~Q(state="pending") & Q(decided_at__isnull=False)),
                name="comment_decided_unless_pending",
            ),
            models.CheckConstraint(
                condition=~Q(state="erased") | Q(name="", text=""),
                name="erased_comment_says_nothing",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                name="comment_does_not_answer_itself",
            ),
        ]
        permissions = [("see_addresses", _("Can see the addresses of those who comment"))]

    def __str__(self) -> str:
        # The number alone: this text reaches logs, which hold no names.
        return _("comment %(number)s") % {"number": self.pk}

    def excerpt(self) -> str:
        return Truncator(self.text).words(12)

    excerpt.short_description = _("Comment")  # type: ignore[attr-defined]


class CommentEdit(models.Model):
    """Other words for an approved comment, kept apart from those shown until decided."""

    comment = models.OneToOneField(Comment, on_delete=models.CASCADE, related_name="edit")
    text = models.TextField(_("new words"), max_length=5000)
    held_for = models.JSONField(default=list)
    submitted_at = models.DateTimeField(default=timezone.now, db_index=True)

    def __str__(self) -> str:
        return f"edit of comment {self.comment_id}"


class CommentEvent(models.Model):
    """One line of a comment's history: who did what and when. Lines are only ever added."""

    class Action(models.TextChoices):
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

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="events")
    action = models.CharField(_("what"), max_length=13, choices=Action.choices)
    at = models.DateTimeField(_("when"), default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who"),
        null=True,  # its writer, or the site itself
        on_delete=models.SET_NULL,
        related_name="+",
    )
    from_state = models.CharField(max_length=9, choices=Comment.State.choices, blank=True)
    to_state = models.CharField(max_length=9, choices=Comment.State.choices)
    # Each event is taken back at most once.
    undoes = models.OneToOneField("self", null=True, on_delete=models.CASCADE, related_name="undo")

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["by", "at"], name="comment_events_of_somebody")]

    def __str__(self) -> str:
        return f"{self.comment_id}: {self.action}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("History is only ever added to.")
        super().save(*args, **kwargs)


class KeptText(models.Model):
    """Words that an event has removed, kept for as long as it can be undone, no longer."""

    event = models.OneToOneField(CommentEvent, on_delete=models.CASCADE, related_name="kept")
    text = models.TextField()
    was_redacted = models.BooleanField(default=False)
    edit_text = models.TextField(blank=True)
    edit_held_for = models.JSONField(default=list)
    delete_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"words of event {self.event_id}"
