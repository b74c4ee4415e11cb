"""What is said in public, and what is waiting to be."""

import secrets
from typing import Any, TypeAlias

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from clinic_site.search.columns import SearchWordsField
from comments.models.querysets import SHOWN, CommentQuerySet, invalidate_by_key
from comments.models.state import CommentState
from comments.moderation.rules import LIKELY_SPAM


def new_key() -> str:
    return secrets.token_hex(16)


class Comment(models.Model):
    State: TypeAlias = CommentState

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
    name_words = SearchWordsField(of="name")
    text_words = SearchWordsField(of="text")
    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.PENDING)
    # Grows with every change; a change made on a stale page hits no row.
    version = models.PositiveIntegerField(default=1, editable=False)
    # Made from the form and all it said; the same form twice is one comment.
    idempotency_key = models.CharField(  # noqa: DJ001  # unique, and several are erased
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
    # What the classifier has learned from it, so that it can be unlearned: "spam", "fine" or "".
    learned_as = models.CharField(max_length=4, blank=True, default="")
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
                condition=~Q(state="erased") | Q(name="", text="", name_words="", text_words=""),
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

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        fields = kwargs.get("update_fields")
        shown = fields is None or bool(SHOWN & set(fields))
        before = set() if self._state.adding else Comment.objects.filter(pk=self.pk).lock()
        super().save(*args, **kwargs)
        after = {self.page_id} if self.state == CommentState.APPROVED else set()
        if shown:
            invalidate_by_key(before | after)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        return Comment.objects.filter(pk=self.pk).delete()

    def excerpt(self) -> str:
        return Truncator(self.text).words(12)

    excerpt.short_description = _("Comment")  # type: ignore[attr-defined]
