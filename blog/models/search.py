"""What the search knows besides the pages: synonyms, known words, and searches in vain."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from clinic_site.search.words import words_in


def validate_words(text: str) -> None:
    if not words_in(text):
        raise ValidationError(_("Please enter at least one word."))


class SearchSynonym(models.Model):
    """What people type, and what the pages say for it. Who searches for one finds the other."""

    typed = models.CharField(
        _("people type"),
        max_length=60,
        validators=[validate_words],
        help_text=_("One or more words, like “back doctor.” Plurals and capitals don’t matter."),
    )
    means = models.CharField(
        _("our pages say"),
        max_length=160,
        validators=[validate_words],
        help_text=_("Several with commas: “physical therapist, posture therapist.”"),
    )

    panels = [FieldPanel("typed"), FieldPanel("means")]

    class Meta:
        verbose_name = _("search synonym")
        verbose_name_plural = _("search synonyms")
        ordering = ["typed"]
        constraints = [
            models.UniqueConstraint(
                Lower("typed"),
                name="search_synonym_typed_once",
                violation_error_message=_("There’s a synonym for these words already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.typed} = {self.means}"


class KnownWord(models.Model):
    """A word of the text that anybody may read, for “Did you mean”."""

    word = models.CharField(max_length=64, primary_key=True)

    def __str__(self) -> str:
        return self.word


class VainSearch(models.Model):
    """A word that was searched for and found nothing: how often, and on which day last.

    It says nothing of who searched, nor what else they searched for.
    """

    word = models.CharField(_("word"), max_length=24, primary_key=True)
    times = models.PositiveIntegerField(_("times"), default=1)
    last_on = models.DateField(_("last time"), db_index=True)

    class Meta:
        verbose_name = _("search in vain")
        verbose_name_plural = _("searches in vain")
        ordering = ["-times", "word"]

    def __str__(self) -> str:
        return self.word
