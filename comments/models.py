"""Comments, and apart from them the addresses of those who wrote them.

Public code reads `Comment` alone. The address is no column of it, so no template,
serializer, feed or `values()` can print one by mistake.
"""

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, When
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class CommentQuerySet(models.QuerySet["Comment"]):
    def approved(self) -> "CommentQuerySet":
        """What anybody may read, in the order it was said."""
        return self.filter(state=Comment.State.APPROVED).order_by("submitted_at", "pk")

    def waiting(self) -> "CommentQuerySet":
        """The moderation queue, oldest first."""
        return self.filter(state=Comment.State.PENDING).order_by("submitted_at", "pk")

    def waiting_first(self) -> "CommentQuerySet":
        """All of them: the queue, oldest first, then what was decided last."""
        waits = Case(When(state=Comment.State.PENDING, then=0), default=1)
        return self.order_by(waits, F("decided_at").desc(nulls_last=True), "submitted_at", "pk")

    def matching(self, words: str) -> "CommentQuerySet":
        return self.filter(Q(name__icontains=words) | Q(text__icontains=words))


class Comment(models.Model):
    class State(models.TextChoices):
        PENDING = "pending", _("pending")
        APPROVED = "approved", _("approved")
        REJECTED = "rejected", _("rejected")
        SPAM = "spam", _("spam")

    page = models.ForeignKey(
        Page, verbose_name=_("page"), on_delete=models.CASCADE, related_name="comments"
    )
    name = models.CharField(_("name"), max_length=80)
    text = models.TextField(_("comment"), max_length=5000)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.PENDING)
    submitted_at = models.DateTimeField(_("sent"), default=timezone.now)
    decided_at = models.DateTimeField(_("decided"), null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["-submitted_at", "-pk"]
        indexes = [
            models.Index(fields=["page", "state", "submitted_at"], name="comment_thread"),
            models.Index(fields=["state", "submitted_at"], name="comment_queue"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="pending", decided_at__isnull=True)
                | (~Q(state="pending") & Q(decided_at__isnull=False)),
                name="comment_decided_unless_pending",
            )
        ]

    def __str__(self) -> str:
        # The number alone: this text reaches logs, which hold no names.
        return _("comment %(number)s") % {"number": self.pk}

    def excerpt(self) -> str:
        return Truncator(self.text).words(12)

    excerpt.short_description = _("Comment")  # type: ignore[attr-defined]


class Commenter(models.Model):
    """Who wrote a comment: what is never published. Read by the moderators' screens alone."""

    comment = models.OneToOneField(Comment, on_delete=models.CASCADE, related_name="commenter")
    email = models.EmailField(_("email"), max_length=254)
    # Made from the form and all it said, the address included; the same form twice is refused.
    submission_key = models.CharField(max_length=64, unique=True, editable=False)

    class Meta:
        verbose_name = _("commenter")
        verbose_name_plural = _("commenters")

    def __str__(self) -> str:
        return f"commenter of {self.comment_id}"
