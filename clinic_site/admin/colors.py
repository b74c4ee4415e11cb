"""Colors that tell records apart on the staff's screens: names, since their values are the style's.

`static/css/admin/colors.css` gives each its values by day and by night, tested for contrast and for
people who are color-blind. A color never stands alone: there is a name or a sign beside it.
"""

from typing import Any

from django import forms
from django.db import models
from django.db.models import Count
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column


class Color(models.TextChoices):
    GREEN = "green", _("green")
    BLUE = "blue", _("blue")
    AMBER = "amber", _("amber")
    VIOLET = "violet", _("violet")
    CLAY = "clay", _("clay")
    TEAL = "teal", _("teal")
    ROSE = "rose", _("rose")
    GRAY = "gray", _("gray")


class ColorSelect(forms.RadioSelect):
    """The colors to choose from, each shown beside its name."""

    class Media:
        css = {"all": ["css/admin/colors.css"]}

    def __init__(self, attrs: dict[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__({"class": "color-select"} | (attrs or {}), **kwargs)

    def create_option(
        self, name: str, value: Any, label: Any, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(name, value, label, *args, **kwargs)
        if value:
            option["attrs"]["class"] = f"color color--{value}"
        else:
            option["label"] = _("chosen for you")
        return option


class SignColumn(Column):
    """A row's sign on its color, in a list. Needs `color` and `sign`."""

    cell_template_name = "site_admin/sign_cell.html"

    def __init__(self) -> None:
        super().__init__("sign", label=_("Sign"), width="4rem")

    class Media:
        css = {"all": ["css/admin/colors.css"]}


class ColoredModel(models.Model):
    """A record with a color. One that is stored without any gets the one least used so far."""

    color = models.CharField(_("color"), max_length=6, choices=Color.choices, blank=True)

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        self.color = self.color or self.least_used_color()

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.color = self.color or self.least_used_color()
        super().save(*args, **kwargs)

    @classmethod
    def least_used_color(cls) -> Color:
        rows = cls._default_manager.order_by().values_list("color").annotate(Count("pk"))
        used: dict[str, int] = dict(rows)
        return min(Color, key=lambda color: used.get(color, 0))
