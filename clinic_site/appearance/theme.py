"""How a clinic's site looks: what of the style sheet is its own, written as a few characters."""

import re
from dataclasses import dataclass

from clinic_site.appearance.palettes import DEFAULT, PALETTES, READABLE, Palette, own_palette

OWN = "own"
SERIF, SANS = "var(--newsreader)", "var(--figtree)"
# By name: what titles are set in, and what text is.
TYPE_PAIRS = {"both": (SERIF, SANS), "serif": (SERIF, SERIF), "sans": (SANS, SANS)}
PORTRAIT_SHAPES = {"square": "var(--radius)", "rounded": "22%", "round": "50%"}

_SLUG = re.compile(r"([a-z]+|[0-9a-f]{6}-[0-9a-f]{6})\.([a-z]+)\.([a-z]+)")


@dataclass(frozen=True)
class Theme:
    """A palette (by name, or "4f8570-c2643f" for two colors), a pair of fonts, a shape."""

    palette: str = DEFAULT
    type_pair: str = "both"
    portrait_shape: str = "square"

    def __str__(self) -> str:
        return f"{self.palette}.{self.type_pair}.{self.portrait_shape}"

    @property
    def is_plain(self) -> bool:
        """Tell whether the style sheet says all of it already."""
        return self == Theme()

    @property
    def colors(self) -> Palette:
        """Raises KeyError or ValueError if there is no such palette."""
        if "-" in self.palette:
            return own_palette(*self.palette.split("-"))
        return PALETTES[self.palette]

    @property
    def is_readable(self) -> bool:
        return all(self.colors.weakest(part) >= READABLE for part in ("accent", "action"))

    @property
    def css(self) -> str:
        """The tokens that differ. Browsers without light-dark() keep their reader's colors."""
        serif, sans = TYPE_PAIRS[self.type_pair]
        shape = PORTRAIT_SHAPES[self.portrait_shape]
        return (
            "@layer tokens{"
            f":root{{--serif:{serif};--sans:{sans};--portrait-radius:{shape}}}"
            f"@supports (color:light-dark(white,black)){{:root{{{self.colors.tokens}}}}}"
            "}"
        )


def theme_of(slug: str) -> Theme:
    """Read what `str(theme)` has written. Raises ValueError if it is no theme of ours."""
    found = _SLUG.fullmatch(slug)
    if found is None:
        raise ValueError(slug)
    theme = Theme(*found.groups())
    known = theme.type_pair in TYPE_PAIRS and theme.portrait_shape in PORTRAIT_SHAPES
    if not known or ("-" not in theme.palette and theme.palette not in PALETTES):
        raise ValueError(slug)
    return theme
