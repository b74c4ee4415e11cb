"""Whatever palette a clinic takes, its words can be read by day and by night."""

import re
from pathlib import Path

import pytest

from clinic_site.appearance.colors import Oklch, color_of_hex, contrast
from clinic_site.appearance.palettes import DEFAULT, PALETTES, READABLE, own_palette
from clinic_site.appearance.theme import PORTRAIT_SHAPES, TYPE_PAIRS, Theme, theme_of

pytestmark = pytest.mark.any_database

TOKENS = Path(__file__).parents[3] / "static/css/tokens.css"


@pytest.mark.parametrize("name", PALETTES)
@pytest.mark.parametrize("part", ["accent", "action"])
def test_every_palette_can_be_read(name: str, part: str) -> None:
    assert PALETTES[name].weakest(part) >= READABLE


def test_five_palettes_differ() -> None:
    assert len({palette.tokens for palette in PALETTES.values()}) == 5


def test_contrast_is_that_of_the_guidelines() -> None:
    white, black, gray = map(color_of_hex, ("#ffffff", "#000000", "#767676"))
    assert contrast(white, black) == pytest.approx(21, abs=0.01)
    assert contrast(white, gray) == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("text", ["#4f8570", "#c2643f", "#000000", "#ffffff", "#0000ff"])
def test_a_color_is_what_its_digits_say(text: str) -> None:
    assert "#{:02x}{:02x}{:02x}".format(*color_of_hex(text).rgb) == text


@pytest.mark.parametrize("text", ["", "green", "#12345", "#1234567", "#12345g", "url(#4f8570)"])
def test_what_is_no_color_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="^" + re.escape(text)):
        color_of_hex(text)


def test_a_pale_color_of_ones_own_is_known_to_be_hard_to_read() -> None:
    palette = own_palette("#205644", "#ffb080")
    assert palette.weakest("accent") >= READABLE > palette.weakest("action")


@pytest.mark.parametrize("digits", ["#205644", "#000000", "#5a1020", "#003366", "#4a4a00"])
def test_a_color_that_can_be_read_by_day_can_by_night(digits: str) -> None:
    palette = own_palette(digits, digits)
    assert min(palette.weakest("accent"), palette.weakest("action")) >= READABLE


def test_the_plain_theme_says_what_the_style_sheet_says() -> None:
    """Its hues by night differ by a few degrees, its lightness not at all."""
    sheet = TOKENS.read_text()
    for name, shades in re.findall(
        r"--([\w-]+):light-dark\((.*?)\)(?:;|$)", PALETTES[DEFAULT].tokens
    ):
        [said] = re.findall(rf"--{name}: light-dark\((.*)\);", sheet)
        lightness = r"oklch\(([\d.]+)%"
        assert re.findall(lightness, shades) == re.findall(lightness, said), name


@pytest.mark.parametrize("palette", [*PALETTES, "205644-9e4728"])
@pytest.mark.parametrize("type_pair", TYPE_PAIRS)
@pytest.mark.parametrize("shape", PORTRAIT_SHAPES)
def test_a_theme_is_read_as_it_was_written(palette: str, type_pair: str, shape: str) -> None:
    theme = Theme(palette, type_pair, shape)
    assert theme_of(str(theme)) == theme


@pytest.mark.parametrize(
    "slug",
    [
        "",
        "sage",
        "sage.both",
        "pink.both.square",
        "sage.both.heart",
        "sage.x.square",
        "sage.both.square.",
        "12345-9e4728.both.square",
        "205644-9e472g.both.square",
        "}.both.square",
    ],
)
def test_nothing_else_is_a_theme(slug: str) -> None:
    with pytest.raises(ValueError, match="^" + re.escape(slug)):
        theme_of(slug)


def test_a_color_is_written_as_the_style_sheet_writes_it() -> None:
    assert str(Oklch(0.505, 0.125, 39)) == "oklch(50.5% 0.125 39)"
