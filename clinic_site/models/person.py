from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.snippets.models import register_snippet


class PersonQuerySet(models.QuerySet["Person"]):
    def team(self) -> "PersonQuerySet":
        """The people whom the clinic introduces, in its own order."""
        return self.filter(on_team=True).order_by("sort_order", "name")

    def with_photos(self) -> "PersonQuerySet":
        return self.select_related("photo").prefetch_related("photo__renditions")


@register_snippet
class Person(models.Model):
    """Somebody of the clinic: an author, a reviewer, a practitioner."""

    name = models.CharField(_("name"), max_length=80)
    credentials = models.CharField(_("credentials"), max_length=80, blank=True)
    role = models.CharField(_("role"), max_length=80)
    biography = models.TextField(_("about this person"), blank=True)
    photo = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("photo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    account = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="person",
        help_text=_("With which this person signs in. A reviewer approves articles with it."),
    )
    on_team = models.BooleanField(_("shown with the team"), default=True)
    sort_order = models.PositiveSmallIntegerField(_("place in the team"), default=0)

    objects = PersonQuerySet.as_manager()

    panels = [
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("role"), FieldPanel("credentials")]),
        FieldPanel("biography"),
        FieldPanel("photo"),
        FieldPanel("account"),
        FieldRowPanel([FieldPanel("on_team"), FieldPanel("sort_order")]),
    ]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def can_sign_in(self) -> bool:
        return self.account is not None and self.account.is_active
