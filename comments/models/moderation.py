"""What moderators set, and what the site learns from them."""

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.models import Page


@register_setting(icon="comment", order=2)
class CommentRules(BaseGenericSetting):
    """What is held and why, where comments are open, and how long things are kept."""

    class Approval(models.TextChoices):
        HOLD = "hold", _("Hold everything")
        TRUST = "trust", _("Trust people whom we approved before")

    class Notify(models.TextChoices):
        AT_ONCE = "at_once", _("At once")
        DAILY = "daily", _("Once a day")
        NEVER = "never", _("Never")

    approval = models.CharField(
        _("before a comment appears"),
        max_length=5,
        choices=Approval.choices,
        default=Approval.HOLD,
        help_text=_(
            "Trust needs a confirmed address and the same name. Links, look-alike names and "
            "edits are always held."
        ),
    )
    held_words = models.TextField(
        _("words to hold"), blank=True, help_text=_("One word or phrase on each line.")
    )
    most_links = models.PositiveSmallIntegerField(
        _("links allowed"), default=1, help_text=_("A comment with more is held for its links.")
    )
    closed = models.BooleanField(_("closed on the whole site"), default=False)
    close_after_days = models.PositiveIntegerField(
        _("close after so many days"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Counted from when the article was first published. Empty: never."),
    )
    keep_address_days = models.PositiveIntegerField(
        _("keep a confirmed address for so many days"),
        default=365,
        validators=[MinValueValidator(1)],
        help_text=_("Of people who want to hear of answers. All others: until we have decided."),
    )
    keep_refused_days = models.PositiveIntegerField(
        _("keep refused comments for so many days"),
        default=30,
        validators=[MinValueValidator(1)],
        help_text=_("Rejected, spam and withdrawn ones. Then their words are erased."),
    )
    notify = models.CharField(
        _("tell moderators"), max_length=7, choices=Notify.choices, default=Notify.AT_ONCE
    )
    notify_email = models.EmailField(
        _("where moderators are told"),
        blank=True,
        help_text=_("Empty: the address of the main location."),
    )

    panels = [
        MultiFieldPanel(
            [FieldPanel("approval"), FieldPanel("held_words"), FieldPanel("most_links")],
            heading=_("What is held"),
        ),
        MultiFieldPanel(
            [FieldPanel("closed"), FieldPanel("close_after_days")],
            heading=_("Where comments are open"),
        ),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("keep_address_days"), FieldPanel("keep_refused_days")])],
            heading=_("How long things are kept"),
        ),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("notify"), FieldPanel("notify_email")])],
            heading=_("Mail to moderators"),
        ),
    ]

    class Meta:
        verbose_name = _("comment rules")

    def __str__(self) -> str:
        return str(_("comment rules"))


class ClosedThread(models.Model):
    """A page below which nobody can comment any more."""

    page = models.OneToOneField(
        Page, primary_key=True, on_delete=models.CASCADE, related_name="closed_thread"
    )
    closed_at = models.DateTimeField(default=timezone.now)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return f"closed thread of page {self.pk}"


class SpamToken(models.Model):
    """In how many comments of either kind a word was. The word itself is not kept.

    The empty token counts the comments.
    """

    token = models.CharField(max_length=16, primary_key=True)
    spam = models.IntegerField(default=0)
    fine = models.IntegerField(default=0)

    def __str__(self) -> str:
        return self.token
