"""Colors as the style sheet writes them, and how well text stands out on another color.

OKLCH by Björn Ottosson, https://bottosson.github.io/posts/oklab/; contrast by WCAG 2.2,
https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
"""

import math
import re
from dataclasses import dataclass, replace

HEX = re.compile(r"#?([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})", re.IGNORECASE)

# Of OKLab: its two matrices, from linear sRGB by way of the cones of the eye.
TO_CONES = (
    (0.4122214708, 0.5363325363, 0.0514459929),
    (0.2119034982, 0.6806995451, 0.1073969566),
    (0.0883024619, 0.2817188376, 0.6299787005),
)
TO_LAB = (
    (0.2104542553, 0.7936177850, -0.0040720468),
    (1.9779984951, -2.4285922050, 0.4505937099),
    (0.0259040371, 0.7827717662, -0.8086757660),
)
FROM_LAB = (
    (1.0, 0.3963377774, 0.2158037573),
    (1.0, -0.1055613458, -0.0638541728),
    (1.0, -0.0894841775, -1.2914855480),
)
FROM_CONES = (
    (4.0767416621, -3.3077115913, 0.2309699292),
    (-1.2684380046, 2.6097574011, -0.3413193965),
    (-0.0041960863, -0.7034186147, 1.7076147010),
)
OF_LUMINANCE = (0.2126, 0.7152, 0.0722)

Triple = tuple[float, float, float]


@dataclass(frozen=True)
class Oklch:
    """A color by lightness (0 to 1), chroma (0 to about 0.37) and hue (degrees)."""

    lightness: float
    chroma: float
    hue: float

    def __str__(self) -> str:
        return f"oklch({self.lightness * 100:.3g}% {self.chroma:.3g} {self.hue:.4g})"

    def with_lightness(self, lightness: float, most_chroma: float = 1.0) -> "Oklch":
        return replace(self, lightness=lightness, chroma=min(self.chroma, most_chroma))

    @property
    def luminance(self) -> float:
        """From 0, black, to 1, white; what a screen cannot show is cut off."""
        shown = (min(max(part, 0.0), 1.0) for part in _linear_of(self))
        return sum(share * part for share, part in zip(OF_LUMINANCE, shown, strict=True))

    @property
    def rgb(self) -> tuple[int, int, int]:
        """What a picture is drawn in: three numbers up to 255."""
        red, green, blue = (round(255 * _gamma(part)) for part in _linear_of(self))
        return red, green, blue


def contrast(one: Oklch, other: Oklch) -> float:
    """Return the ratio of two colors, from 1 (none) to 21 (black on white)."""
    dark, bright = sorted((one.luminance, other.luminance))
    return (bright + 0.05) / (dark + 0.05)


def color_of_hex(text: str) -> Oklch:
    """Read "#4f8570". Raises ValueError for what is no such color."""
    found = HEX.fullmatch(text.strip())
    if found is None:
        raise ValueError(text)
    red, green, blue = (_linear(int(part, 16) / 255) for part in found.groups())
    cones = _times(TO_CONES, (red, green, blue))
    lightness, a, b = _times(TO_LAB, tuple(math.cbrt(part) for part in cones))
    return Oklch(lightness, math.hypot(a, b), math.degrees(math.atan2(b, a)) % 360)


def _linear_of(color: Oklch) -> Triple:
    hue = math.radians(color.hue)
    lab = (color.lightness, color.chroma * math.cos(hue), color.chroma * math.sin(hue))
    cones = tuple(part**3 for part in _times(FROM_LAB, lab))
    return _times(FROM_CONES, cones)


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _gamma(part: float) -> float:
    part = min(max(part, 0.0), 1.0)
    return part * 12.92 if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055


def _times(matrix: tuple[Triple, ...], vector: tuple[float, ...]) -> Triple:
    one, two, three = (
        sum(factor * part for factor, part in zip(row, vector, strict=True)) for row in matrix
    )
    return one, two, three
