from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from clinic_site.history.append_only import AppendOnlyModel
from clinic_site.privacy.encryption import EncryptedJSONField, EncryptedTextField


class OutgoingEmail(models.Model):
    """An email to one person, waiting in the database until the mail server has taken it."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SENT = "sent", _("sent")
        FAILED = "failed", _("failed")

    # Of some this is the only place that has it; it goes as soon as the email has left.
    to = EncryptedTextField(_("to"))
    reply_to = EncryptedTextField(_("reply to"), max_length=254, blank=True)
    subject = EncryptedTextField(_("subject"), max_length=200)
    text = EncryptedTextField(_("text"))
    html = EncryptedTextField(_("HTML"))
    # Further headers of this email, for example `List-Unsubscribe`.
    headers = EncryptedJSONField()
    # Texts that go with it, as `clinic_site.mail.outbox.Attachment` has them.
    attachments = EncryptedJSONField(empty=list)
    # What it tells of, for example "comment 7": it goes when that is erased.
    subject_ref = models.CharField(max_length=40, blank=True, default="", db_index=True)
    # The same on every try, so that a mailbox shows an email once even if it was handed over twice.
    message_id = models.CharField(max_length=120, unique=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(_("next try"))
    sent_at = models.DateTimeField(_("sent"), null=True)
    last_error = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("email")
        verbose_name_plural = _("emails")
        indexes = [
            models.Index(
                fields=["due_at"],
                name="mail_waiting",
                condition=models.Q(state="waiting"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.message_id} ({self.state})"


class EmailWords(AppendOnlyModel):
    """One change of what an email says in one of its parts; the last one holds.

    Nothing is overwritten, so whatever two people save at once, both are there.
    """

    email = models.CharField(max_length=64)  # the key of `clinic_site.mail.words.registry`
    language = models.CharField(max_length=10)
    part = models.CharField(max_length=40)
    # Counts the changes of one email: of two at the same moment the database refuses one.
    number = models.PositiveIntegerField()
    # None: the original again, which the code has.
    words = models.TextField(null=True)  # noqa: DJ001 - none are not the same as empty ones
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    changed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("words of an email")
        verbose_name_plural = _("words of emails")
        default_permissions = ("change",)
        constraints = [
            models.UniqueConstraint(
                fields=["email", "language", "number"], name="email_words_changed_one_by_one"
            )
        ]

    def __str__(self) -> str:
        return f"{self.email} {self.part} ({self.language}) {self.number}"
