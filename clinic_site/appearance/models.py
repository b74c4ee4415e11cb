"""What the clinic's site looks like; one record, kept up by the owners."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.models import PreviewableMixin, Site

from clinic_site.appearance.branding import Branding, branding_of
from clinic_site.appearance.colors import color_of_hex
from clinic_site.appearance.palettes import PALETTES, READABLE, own_palette
from clinic_site.appearance.pictures import draw_share_card, needs_plate
from clinic_site.appearance.theme import OWN, Theme
from clinic_site.images.models import SiteImage


def validate_color(text: str) -> None:
    try:
        color_of_hex(text)
    except ValueError as error:
        message = _("Write the color as # and six digits or letters from a to f, like #4f8570.")
        raise ValidationError(message) from error


TOO_FAINT = {
    "accent": _(
        "Text in this color would be hard to read on our light background: its contrast is "
        "%(contrast).1f to 1, and it takes 4.5. Choose a darker color."
    ),
    "action": _(
        "White words on a button in this color would be hard to read: the contrast is "
        "%(contrast).1f to 1, and it takes 4.5. Choose a darker color."
    ),
}


@register_setting(icon="view", order=2)
class Appearance(PreviewableMixin, BaseGenericSetting):
    class TypePair(models.TextChoices):
        BOTH = "both", _("Newsreader for headings, Figtree for text")
        SANS = "sans", _("Figtree for everything (plain and modern)")
        SERIF = "serif", _("Newsreader for everything (like a book)")

    class PortraitShape(models.TextChoices):
        SQUARE = "square", _("Square")
        ROUNDED = "rounded", _("Square with round corners")
        ROUND = "round", _("Round")

    logo = models.ForeignKey(
        SiteImage,
        verbose_name=_("logo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_(
            "A PNG, WebP or JPEG with your name in it, wider than tall. It takes the place of the "
            "name at the top of every page. Without a logo, the name is there in words."
        ),
    )
    mark = models.ForeignKey(
        SiteImage,
        verbose_name=_("mark"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_(
            "A small sign without words, best a PNG with a transparent background. It’s also the "
            "icon in the browser’s tab and on a phone’s home screen."
        ),
    )
    palette = models.CharField(
        _("colors"),
        max_length=8,
        default="sage",
        choices=[*((key, palette.name) for key, palette in PALETTES.items()), (OWN, _("Our own"))],
        help_text=_("Each can be read well by day and by night."),
    )
    accent_color = models.CharField(
        _("own color for links and signs"),
        max_length=7,
        blank=True,
        validators=[validate_color],
        help_text=_("Like #205644. Only for “Our own.”"),
    )
    action_color = models.CharField(
        _("own color for buttons"),
        max_length=7,
        blank=True,
        validators=[validate_color],
        help_text=_("Like #9e4728. Only for “Our own.”"),
    )
    type_pair = models.CharField(
        _("fonts"), max_length=8, choices=TypePair.choices, default=TypePair.BOTH
    )
    portrait_shape = models.CharField(
        _("shape of portraits"),
        max_length=8,
        choices=PortraitShape.choices,
        default=PortraitShape.SQUARE,
    )
    # Made from the pictures when they are stored; it lies where anybody may fetch renditions.
    share_card = models.FileField(upload_to="images", blank=True, editable=False)
    logo_on_plate = models.BooleanField(default=False, editable=False)
    mark_on_plate = models.BooleanField(default=False, editable=False)

    select_related = ["logo", "mark"]

    panels = [
        MultiFieldPanel([FieldPanel("logo"), FieldPanel("mark")], heading=_("Logo and mark")),
        MultiFieldPanel(
            [FieldPanel("palette"), FieldPanel("accent_color"), FieldPanel("action_color")],
            heading=_("Colors"),
        ),
        FieldPanel("type_pair"),
        FieldPanel("portrait_shape"),
    ]

    class Meta:
        verbose_name = _("appearance")

    def __str__(self) -> str:
        return str(self.theme)

    def clean(self) -> None:
        super().clean()
        if self.palette == OWN:
            self._check_own_colors()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store it with what is made of its pictures."""
        self.logo_on_plate = self.logo is not None and needs_plate(self.logo)
        self.mark_on_plate = self.mark is not None and needs_plate(self.mark)
        drawn = draw_share_card(self.logo or self.mark, self.theme.colors)
        if drawn is None:
            self.share_card = ""
        else:
            self.share_card.save(str(drawn.name), drawn, save=False)
        super().save(*args, **kwargs)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Show the home page as it would look, before anything is stored."""
        request.branding = branding_of(self)  # type: ignore[attr-defined]
        home = Site.objects.select_related("root_page").get(is_default_site=True).root_page
        response: HttpResponse = home.specific.serve(request)
        return response

    @classmethod
    def read_branding(cls) -> Branding:
        """Read it without storing anything: a site nobody has set up has a plain look."""
        stored = cls.objects.select_related(*cls.select_related).first()
        return branding_of(stored or cls())

    @property
    def theme(self) -> Theme:
        own = f"{self.accent_color}-{self.action_color}".lower().replace("#", "")
        palette = own if self.palette == OWN else self.palette
        return Theme(palette, str(self.type_pair), str(self.portrait_shape))

    def _check_own_colors(self) -> None:
        fields = {"accent": "accent_color", "action": "action_color"}
        if missing := [field for field in fields.values() if not getattr(self, field)]:
            raise ValidationError(dict.fromkeys(missing, _("Choose a color, or another palette.")))
        try:
            palette = own_palette(self.accent_color, self.action_color)
        except ValueError:
            return  # each field says what is wrong with it
        faint = {part: palette.weakest(part) for part in fields}
        errors = {
            fields[part]: ValidationError(TOO_FAINT[part], params={"contrast": ratio})
            for part, ratio in faint.items()
            if ratio < READABLE
        }
        if errors:
            raise ValidationError(errors)
