"""The colors of a clinic: one for what is to be read, one for what is to be done, by day and night.

Paper, ink and lines are the site's own (`static/css/tokens.css`); a palette is two hues. What is
derived from them keeps the lightness at which text can be read.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clinic_site.appearance.colors import Oklch, color_of_hex, contrast

READABLE = 4.5  # to 1, of text: WCAG 2.2, 1.4.3

# As in static/css/tokens.css, by day and by night.
PAPER = Oklch(0.98, 0.01, 85), Oklch(0.23, 0.011, 60)
SAND = Oklch(0.945, 0.018, 82), Oklch(0.27, 0.013, 62)


@dataclass(frozen=True)
class Shades:
    """A palette by day or by night."""

    accent: Oklch
    accent_deep: Oklch
    accent_wash: Oklch
    action: Oklch
    action_deep: Oklch
    on_action: Oklch

    def pairs(self, night: bool) -> Iterator[tuple[str, Oklch, Oklch]]:
        """Yield what is read on what: the part of the palette, the text, its ground."""
        paper, sand = PAPER[night], SAND[night]
        for ground in (paper, sand, self.accent_wash):
            yield "accent", self.accent, ground
            yield "accent", self.accent_deep, ground
        for ground in (paper, sand):
            yield "action", self.action, ground
        for ground in (self.action, self.action_deep):
            yield "action", self.on_action, ground


@dataclass(frozen=True)
class Palette:
    name: str | Promise
    day: Shades
    night: Shades

    def weakest(self, part: str) -> float:
        """Return the lowest contrast of any text in the accent or the action color."""
        return min(
            contrast(text, ground)
            for shades, night in ((self.day, False), (self.night, True))
            for which, text, ground in shades.pairs(night)
            if which == part
        )

    @property
    def tokens(self) -> str:
        """The palette as custom properties, each for both schemes."""
        names = ("accent", "accent_deep", "accent_wash", "action", "action_deep", "on_action")
        lines = (
            f"--{name.replace('_', '-')}:"
            f"light-dark({getattr(self.day, name)},{getattr(self.night, name)})"
            for name in names
        )
        return ";".join(lines)


def palette_of(name: str | Promise, accent: Oklch, action: Oklch) -> Palette:
    """Derive a palette from its two colors by day; by night they are paler versions of them."""
    day = Shades(
        accent=accent,
        accent_deep=accent.with_lightness(accent.lightness - 0.08, 0.055),
        accent_wash=accent.with_lightness(0.945, 0.02),
        action=action,
        action_deep=action.with_lightness(action.lightness - 0.075),
        on_action=Oklch(0.99, 0.008, 85),
    )
    night = Shades(
        accent=accent.with_lightness(0.81, 0.06),
        accent_deep=accent.with_lightness(0.88, 0.05),
        accent_wash=accent.with_lightness(0.29, 0.022),
        action=action.with_lightness(0.74, 0.088),
        action_deep=action.with_lightness(0.81, 0.075),
        on_action=Oklch(0.2, 0.02, action.hue),
    )
    return Palette(name, day, night)


def own_palette(accent: str, action: str) -> Palette:
    """Derive a palette from two colors like "#4f8570". Raises ValueError for what is none."""
    return palette_of(_("Our own two colors"), color_of_hex(accent), color_of_hex(action))


DEFAULT = "sage"
PALETTES = {
    # What the style sheet says without any palette.
    DEFAULT: palette_of(_("Sage and terracotta"), Oklch(0.41, 0.065, 168), Oklch(0.505, 0.125, 39)),
    "ocean": palette_of(_("Ocean and amber"), Oklch(0.41, 0.075, 235), Oklch(0.5, 0.105, 62)),
    "plum": palette_of(_("Plum and berry"), Oklch(0.41, 0.08, 325), Oklch(0.48, 0.14, 5)),
    "slate": palette_of(_("Slate and coral"), Oklch(0.4, 0.04, 258), Oklch(0.515, 0.15, 28)),
    "moss": palette_of(_("Moss and gold"), Oklch(0.42, 0.075, 135), Oklch(0.5, 0.1, 78)),
}
