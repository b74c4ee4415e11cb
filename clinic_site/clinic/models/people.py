from itertools import count
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, TitleFieldPanel
from wagtail.images.models import AbstractImage
from wagtail.models import TranslatableMixin
from wagtail.snippets.models import register_snippet

from clinic_site.clinic.initials import initials_of
from clinic_site.clinic.lines import lines_of


class PersonQuerySet(models.QuerySet["Person"]):
    def team(self) -> "PersonQuerySet":
        """The people whom the clinic introduces, in its own order."""
        return self.filter(on_team=True).order_by("sort_order", "name")

    def with_photos(self) -> "PersonQuerySet":
        return self.select_related("photo").prefetch_related("photo__renditions")


class Person(TranslatableMixin, models.Model):
    """Somebody of the clinic: an author, a reviewer, a practitioner."""

    name = models.CharField(_("name"), max_length=80)
    slug = models.SlugField(
        _("short name"),
        max_length=80,
        unique=True,
        blank=True,
        help_text=_("The end of the profile’s address, like /team/first-last/"),
    )
    credentials = models.CharField(_("credentials"), max_length=80, blank=True)
    role = models.CharField(_("role"), max_length=80)
    biography = models.TextField(_("about this person"), blank=True)
    training = models.TextField(
        _("training"),
        blank=True,
        help_text=_("One line each: “Doctor of Physical Therapy, name of the school, 2010.”"),
    )
    license = models.CharField(
        _("license or certification"),
        max_length=120,
        blank=True,
        help_text=_("With its number, so that patients can look it up."),
    )
    languages = models.CharField(
        _("languages"),
        max_length=120,
        blank=True,
        help_text=_("Those they can see patients in, with commas: “English, Spanish.”"),
    )
    interests = models.TextField(
        _("special interests"),
        blank=True,
        help_text=_("What they know best or like to work on. One line each."),
    )
    photo = models.ForeignKey(
        "images.SiteImage",
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
        help_text=_("The account this person signs in with. Reviewers need one."),
    )
    on_team = models.BooleanField(_("shown with the team"), default=True)
    sort_order = models.PositiveSmallIntegerField(_("place in the team"), default=0)

    objects = PersonQuerySet.as_manager()

    panels = [
        TitleFieldPanel("name", targets=["slug"]),
        FieldPanel("slug"),
        FieldRowPanel([FieldPanel("role"), FieldPanel("credentials")]),
        FieldPanel("biography"),
        FieldPanel("photo"),
        MultiFieldPanel(
            [
                FieldPanel("training"),
                FieldPanel("license"),
                FieldPanel("languages"),
                FieldPanel("interests"),
            ],
            heading=_("On their profile"),
        ),
        FieldPanel("account", permission="accounts.change_user"),
        FieldRowPanel([FieldPanel("on_team"), FieldPanel("sort_order")]),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["name"]

    share_type = "profile"

    def __str__(self) -> str:
        return self.name

    @property
    def can_sign_in(self) -> bool:
        account = self.account
        return account is not None and account.has_perm("wagtailadmin.access_admin")

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.slug = self.slug or self.free_slug()
        super().save(*args, **kwargs)

    def free_slug(self) -> str:
        """Return the name as the end of an address, numbered if somebody else has it."""
        stem = slugify(self.name)[:70] or "person"
        taken = set(
            Person.objects.exclude(pk=self.pk)
            .filter(slug__startswith=stem)
            .values_list("slug", flat=True)
        )
        names = (f"{stem}-{number}" if number > 1 else stem for number in count(1))
        return next(name for name in names if name not in taken)

    @property
    def first_name(self) -> str:
        """What patients call them."""
        return self.name.partition(" ")[0]

    @property
    def training_lines(self) -> list[str]:
        return lines_of(self.training)

    @property
    def interest_lines(self) -> list[str]:
        return lines_of(self.interests)

    @property
    def language_names(self) -> list[str]:
        return [name for part in self.languages.split(",") if (name := part.strip(" ."))]

    @property
    def initials(self) -> str:
        """What stands in place of a photo."""
        return initials_of(self.name)

    # What a page about somebody tells of itself, as `SitePage` does.

    @property
    def description(self) -> str:
        return self.biography

    @property
    def share_title(self) -> str:
        return self.name

    @property
    def share_image(self) -> AbstractImage | None:
        return self.photo


register_snippet(Person, viewset="clinic_site.clinic.viewsets.PersonViewSet")
