"""What pages show of the clinic's own look, read once and kept until it changes."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import DatabaseError
from django.urls import reverse

from clinic_site.appearance.stylesheet import version
from clinic_site.appearance.theme import Theme
from clinic_site.images.models import SiteImage

if TYPE_CHECKING:
    from clinic_site.appearance.models import Appearance

LOGO, MARK = "max-640x128|format-webp", "max-160x160|format-webp"
ICON, TOUCH_ICON = "max-48x48|format-png", "max-180x180|format-png|bgcolor-ffffff"


@dataclass(frozen=True)
class BrandPicture:
    url: str
    width: int
    height: int
    on_plate: bool = False


@dataclass(frozen=True)
class Branding:
    """The addresses and sizes that templates print; `None` or "" for what there is not."""

    theme: Theme
    logo: BrandPicture | None = None
    mark: BrandPicture | None = None
    icon_url: str = ""
    touch_icon_url: str = ""
    card_url: str = ""

    @property
    def stylesheet_url(self) -> str:
        """Return the address of the one style sheet, or nothing while it is the site's own."""
        if self.theme.is_plain:
            return ""
        return reverse("appearance:stylesheet", args=[str(self.theme), version()])


def absolute(url: str) -> str:
    """Return an address as other sites need it; stored pictures may have a host of their own."""
    return url if not url or "://" in url else f"{settings.BASE_URL}{url}"


def branding_of(appearance: "Appearance") -> Branding:
    logo = _pictures(appearance.logo, LOGO, on_plate=appearance.logo_on_plate)
    mark = _pictures(appearance.mark, MARK, ICON, TOUCH_ICON, on_plate=appearance.mark_on_plate)
    card = appearance.share_card if logo or mark else None  # of a picture that is there still
    return Branding(
        theme=appearance.theme,
        logo=logo.get(LOGO),
        mark=mark.get(MARK),
        icon_url=mark[ICON].url if mark else "",
        touch_icon_url=mark[TOUCH_ICON].url if mark else "",
        card_url=absolute(card.url) if card else "",
    )


def _pictures(image: SiteImage | None, *specs: str, on_plate: bool) -> dict[str, BrandPicture]:
    """Return the picture in each of `specs`, or nothing if its file cannot be read."""
    if image is None:
        return {}
    try:
        made = image.get_renditions(*specs)
    except (OSError, DatabaseError):
        return {}
    return {
        spec: BrandPicture(each.url, each.width, each.height, on_plate)
        for spec, each in made.items()
    }
