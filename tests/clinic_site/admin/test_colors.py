"""The colors that tell records apart are read by everybody, by day and by night."""

import math
import re
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import pytest

from clinic_site.admin.colors import Color

STYLES = Path("static/css/admin/colors.css")
LINE = re.compile(
    r"\.color--(\w+) \{ --color-ground: light-dark\((#\w{6}), (#\w{6})\); "
    r"--color-edge: light-dark\((#\w{6}), (#\w{6})\); \}"
)
# Wagtail's page, its words, its quiet words and its links.
PAGE = {"day": "#ffffff", "night": "#262626"}
WORDS = {
    "day": ("#262626", "#5c5c5c", "#007d7e"),
    "night": ("#f6f6f8", "#c8c8c8", "#00b1b0"),
}
# How people see without one kind of cone: deuteranopia, protanopia (Machado and others, 2009).
SIGHTS = {
    "all cones": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
}
APART = 0.07  # in OKLab; what is seen as another color at a glance is some 0.05 away


class Tone(NamedTuple):
    ground: str
    edge: str


def palette(scheme: str) -> dict[str, Tone]:
    by_night = scheme == "night"
    return {
        line[1]: Tone(line[2 + by_night], line[4 + by_night])
        for line in LINE.finditer(STYLES.read_text())
    }


def linear(code: str) -> tuple[float, float, float]:
    parts = [int(code[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return red, green, blue


def contrast(one: str, other: str) -> float:
    def light(code: str) -> float:
        red, green, blue = linear(code)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    dark, bright = sorted((light(one), light(other)))
    return (bright + 0.05) / (dark + 0.05)


def seen(code: str, sight: str) -> tuple[float, float, float]:
    """The place of a color in OKLab, for somebody with that sight."""
    rgb = linear(code)
    red, green, blue = (
        max(0.0, sum(a * b for a, b in zip(row, rgb, strict=True))) for row in SIGHTS[sight]
    )
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    middle = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )


@pytest.mark.parametrize("scheme", PAGE)
def test_every_color_has_its_values(scheme: str) -> None:
    assert sorted(palette(scheme)) == sorted(Color.values)


@pytest.mark.parametrize("scheme", PAGE)
def test_what_is_written_on_a_color_is_legible(scheme: str) -> None:
    for name, tone in palette(scheme).items():
        for words in WORDS[scheme]:
            assert contrast(words, tone.ground) >= 4.5, (name, words)


@pytest.mark.parametrize("scheme", PAGE)
def test_an_edge_stands_out_from_its_ground_and_from_the_page(scheme: str) -> None:
    for name, tone in palette(scheme).items():
        assert contrast(tone.edge, tone.ground) >= 3, name
        assert contrast(tone.edge, PAGE[scheme]) >= 3, name


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize("scheme", PAGE)
def test_no_two_colors_are_taken_for_each_other(scheme: str, sight: str) -> None:
    for (one, tone), (other, second) in combinations(palette(scheme).items(), 2):
        assert math.dist(seen(tone.edge, sight), seen(second.edge, sight)) >= APART, (one, other)
