"""Who wrote a comment: what is never published."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clinic_site.mail.models import OutgoingEmail
from clinic_site.privacy.encryption import BlindIndexField, EncryptedTextField
from clinic_site.privacy.secret_links import SecretLink
from comments.models.comment import Comment
from comments.models.history import UNDO_FOR


def same_mailbox(email: str) -> str:
    """Return what addresses of one mailbox have in common, for comparing them."""
    return email.strip().casefold()


class CommenterQuerySet(models.QuerySet["Commenter"]):
    def of_address(self, email: str) -> "CommenterQuerySet":
        return self.filter(email_index__of=email)

    def same_person_as(self, commenter: "Commenter") -> "CommenterQuerySet":
        """Those who gave the same address, this one among them."""
        return self.of_address(commenter.email)

    def subscribed(self) -> "CommenterQuerySet":
        """Who is told of answers: asked for it, and has confirmed the address."""
        return self.filter(wants_replies=True, confirmed_at__isnull=False)

    def due_for_deletion(self, now: datetime) -> "CommenterQuerySet":
        """Whose time is over, and whose address nobody needs any more.

        A refused comment has no answers; its address goes once that cannot be undone.
        """
        decided = ~Q(comment__state=Comment.State.PENDING)
        refused = ~Q(comment__state__in=[Comment.State.PENDING, Comment.State.APPROVED])
        over = Q(comment__decided_at__lte=now - UNDO_FOR)
        return self.filter(
            Q(delete_at__lte=now) | (Q(wants_replies=False) & decided) | (refused & over)
        )


class Commenter(models.Model):
    """The address behind a comment, encrypted, until it is deleted with its whole row."""

    comment = models.OneToOneField(Comment, on_delete=models.CASCADE, related_name="commenter")
    email = EncryptedTextField(_("email"), editable=False, shown=True)
    # Finds other comments of the same person without decrypting; goes with the row.
    email_index = BlindIndexField(of="email", normalize=same_mailbox)
    wants_replies = models.BooleanField(_("wants to hear of answers"), default=False)
    confirmed_at = models.DateTimeField(_("address confirmed"), null=True)
    trust_withdrawn = models.BooleanField(_("not trusted any more"), default=False)
    delete_at = models.DateTimeField(_("address is deleted"), db_index=True)

    objects = CommenterQuerySet.as_manager()

    class Meta:
        verbose_name = _("commenter")
        verbose_name_plural = _("commenters")
        # In this order, so that the last comments of one person are found without the others.
        indexes = [models.Index(fields=["email_index", "id"], name="commenters_of_one_address")]

    def __str__(self) -> str:
        return f"commenter of {self.comment_id}"


class PrivateLink(SecretLink):
    """Where a writer edits, withdraws or erases a comment."""

    comment = models.OneToOneField(Comment, on_delete=models.CASCADE, related_name="private_link")

    def __str__(self) -> str:
        return f"link of comment {self.comment_id}"


class ReplyNotice(models.Model):
    """That somebody is told of an answer: once, however often it is approved."""

    reply = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="notices")
    commenter = models.ForeignKey(Commenter, on_delete=models.CASCADE, related_name="notices")
    email = models.ForeignKey(OutgoingEmail, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reply", "commenter"], name="told_of_a_reply_once")
        ]

    def __str__(self) -> str:
        return f"notice of comment {self.reply_id}"
