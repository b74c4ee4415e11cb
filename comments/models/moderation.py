"""What moderators set, and what the site learns from them."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.models import Page

from comments.moderation.confusables import skeleton

LONGEST_WORD = 80
MOST_WORDS = 300
MOST_LINKS = 50
MOST_DAYS = 3650
DAYS = [MinValueValidator(1), MaxValueValidator(MOST_DAYS)]


@register_setting(icon="comment", order=2)
class CommentRules(BaseGenericSetting):
    """What is held and why, where comments are open, and how long things are kept."""

    class Approval(models.TextChoices):
        HOLD = "hold", _("Hold everything")
        TRUST = "trust", _("Trust people we’ve approved before")

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
        _("words to hold"),
        blank=True,
        help_text=_(
            "One word or phrase per line. We look for whole words, in upper or lower case, even "
            "with look-alike letters."
        ),
    )
    most_links = models.PositiveSmallIntegerField(
        _("links allowed"),
        default=1,
        validators=[MaxValueValidator(MOST_LINKS)],
        help_text=_("A comment with more links is held."),
    )
    closed = models.BooleanField(
        _("closed on the whole site"),
        default=False,
        help_text=_("Approved comments stay. Close single articles under Comments » By article."),
    )
    close_after_days = models.PositiveIntegerField(
        _("close after this many days"),
        null=True,
        blank=True,
        validators=DAYS,
        help_text=_(
            "Counted from when the article was first published. They close at midnight. Leave "
            "empty for never."
        ),
    )
    keep_address_days = models.PositiveIntegerField(
        _("days to keep a confirmed address"),
        default=365,
        validators=DAYS,
        help_text=_(
            "For people who want to hear about replies. For everyone else: until you decide."
        ),
    )
    keep_refused_days = models.PositiveIntegerField(
        _("days to keep rejected comments"),
        default=30,
        validators=DAYS,
        help_text=_("Rejected, spam and withdrawn comments. Then their text is erased."),
    )
    notify = models.CharField(
        _("tell moderators"), max_length=7, choices=Notify.choices, default=Notify.AT_ONCE
    )
    notify_email = models.EmailField(
        _("email for moderators"),
        blank=True,
        help_text=_("Leave empty for the main location’s address."),
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
            heading=_("How long we keep things"),
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

    def clean(self) -> None:
        self.held_words = "\n".join(filter(None, map(str.strip, self.held_words.splitlines())))
        complaints = [
            complaint for word in self.held_words.splitlines() if (complaint := _bad(word))
        ]
        if len(self.held_words.splitlines()) > MOST_WORDS:
            complaints = [_("Please list at most %(most)s words.") % {"most": MOST_WORDS}]
        if complaints:
            raise ValidationError({"held_words": complaints[:5]})


def _bad(word: str) -> str:
    """Say why a line cannot be looked for, or nothing."""
    if len(word) > LONGEST_WORD:
        return _("“%(word)s…” is too long. Please enter one word or a short phrase.") % {
            "word": word[:20]
        }
    if len(skeleton(word)) < 2:
        return _("“%(word)s” would match almost everything. Please enter at least two letters.") % {
            "word": word
        }
    return ""


class CannedReply(models.Model):
    """Words for an answer by the clinic that moderators have ready."""

    title = models.CharField(
        _("title"), max_length=60, unique=True, help_text=_("How moderators find it.")
    )
    text = models.TextField(
        _("words"),
        max_length=2000,
        help_text=_("Keep it neutral. It should fit people who have never been here."),
    )

    panels = [FieldPanel("title"), FieldPanel("text")]

    class Meta:
        verbose_name = _("saved reply")
        verbose_name_plural = _("saved replies")
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title


class ClosedThread(models.Model):
    """A page below which nobody can comment any more."""

    page = models.OneToOneField(
        Page, primary_key=True, on_delete=models.CASCADE, related_name="closed_thread"
    )
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
