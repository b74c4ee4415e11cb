"""An owner gives the site its logo, colors and fonts; until then it wears nobody else's."""

import re
from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from PIL import Image, ImageDraw

from clinic_site.appearance.colors import color_of_hex
from clinic_site.appearance.models import Appearance
from clinic_site.clinic.models import ClinicDetails
from clinic_site.images.models import SiteImage
from tests.factories import make_image, make_user

EDIT = "wagtailsettings:edit"
SETTINGS = ("appearance", "appearance")


def make_drawing(color: str, size: tuple[int, int] = (200, 200)) -> SiteImage:
    """A disc of one color on a transparent ground."""
    picture = Image.new("RGBA", size)
    ImageDraw.Draw(picture).ellipse((0, 0, *size), fill=color)
    content = BytesIO()
    picture.save(content, "PNG")
    return SiteImage.objects.create(title="Disc", file=ContentFile(content.getvalue(), "disc.png"))


@pytest.fixture
def owner(client: Client, clinic: ClinicDetails) -> Client:
    client.force_login(make_user("Owners"))
    return client


@pytest.fixture
def reader(clinic: ClinicDetails) -> Client:
    return Client()


def read(reader: Client, address: str = "/") -> BeautifulSoup:
    return BeautifulSoup(reader.get(address).content, "html.parser")


def sheet_of(page: BeautifulSoup) -> str:
    return str(page.select_one("link[rel=stylesheet]")["href"])


def typed(**changes: object) -> dict[str, object]:
    plain = {
        "logo": "",
        "mark": "",
        "palette": "sage",
        "accent_color": "",
        "action_color": "",
        "type_pair": "both",
        "portrait_shape": "square",
    }
    return plain | changes


def store(owner: Client, **changes: object) -> BeautifulSoup:
    appearance = Appearance.load()
    address = reverse(EDIT, args=[*SETTINGS, appearance.pk])
    response = owner.post(address, typed(**changes), follow=True)
    return BeautifulSoup(response.content, "html.parser")


def test_a_site_that_nobody_has_dressed_shows_its_name_alone(reader: Client) -> None:
    page = read(reader)
    assert page.select_one(".brand .brand-name").text == "Motion Unlimited"
    assert page.select(".brand img, .mark") == []
    assert sheet_of(page).startswith("/static/css/site")
    assert reader.get("/favicon.ico")["Location"].endswith("/images/icon.png")
    assert page.select('meta[property="og:image"]') == []
    assert page.select_one('meta[name="twitter:card"]')["content"] == "summary"
    assert not Appearance.objects.exists(), "reading stores nothing"


def test_a_logo_takes_the_place_of_the_name_at_once(owner: Client, reader: Client) -> None:
    read(reader)
    store(owner, logo=make_image("Our logo", (900, 200)).pk)
    logo = read(reader).select_one(".brand img")
    assert (logo["alt"], logo["width"], logo["height"]) == ("Motion Unlimited", "576", "128")
    assert reader.get(logo["src"]).status_code == 200
    assert read(reader).select(".brand .brand-name") == []


def test_a_mark_stands_beside_the_name_and_is_every_icon(owner: Client, reader: Client) -> None:
    store(owner, mark=make_image("Our mark", (300, 300)).pk)
    page = read(reader)
    assert page.select_one(".brand img.mark")["alt"] == ""
    assert page.select_one(".brand .brand-name").text == "Motion Unlimited"
    touch_icon = page.select_one("link[rel=apple-touch-icon]")["href"]
    for address in (reader.get("/favicon.ico")["Location"], touch_icon):
        assert reader.get(address)["Content-Type"] == "image/png"


def test_a_card_for_other_sites_is_made_of_it(owner: Client, reader: Client) -> None:
    store(owner, mark=make_drawing("#c2643f").pk)
    with Appearance.load().share_card.open() as file, Image.open(file) as card:
        assert card.size == (1200, 630)
        assert card.getpixel((600, 300)) == (194, 100, 63), "the mark is in the middle"
        assert card.getpixel((600, 628)) == (32, 86, 68), "the palette's color is below"


@pytest.mark.parametrize(("color", "plate"), [("#101010", True), ("#f0f0f0", False)])
def test_what_cannot_be_seen_by_night_gets_light_paper(
    owner: Client, reader: Client, color: str, plate: bool
) -> None:
    store(owner, mark=make_drawing(color).pk)
    assert ("plate" in read(reader).select_one(".brand img")["class"]) is plate


@pytest.mark.parametrize("palette", ["ocean", "plum", "slate", "moss"])
def test_a_palette_is_part_of_the_one_style_sheet(
    owner: Client, reader: Client, palette: str
) -> None:
    before = sheet_of(read(reader))
    store(owner, palette=palette)
    page = read(reader)
    site_wide = [sheet_of(page)]
    assert site_wide != [before]
    assert before not in str(page)
    response = reader.get(site_wide[0])
    assert response["Content-Type"].startswith("text/css")
    assert "immutable" in response["Cache-Control"]
    assert "Set-Cookie" not in response
    text = response.content.decode()
    assert text.index("/static/css/site") < text.index("--accent:light-dark(oklch(")


def test_fonts_that_are_not_used_are_not_fetched(owner: Client, reader: Client) -> None:
    store(owner, type_pair="sans")
    fonts = [link["href"] for link in read(reader).select("link[rel=preload]")]
    assert [re.sub(r".*/", "", font) for font in fonts] == ["figtree.woff2"]


@pytest.mark.parametrize(
    ("colors", "field", "words"),
    [
        ({"accent_color": "#8fd0b5", "action_color": "#9e4728"}, "accent_color", "hard to read"),
        ({"accent_color": "#205644", "action_color": "#ffb080"}, "action_color", "hard to read"),
        ({"accent_color": "green", "action_color": "#9e4728"}, "accent_color", "six digits"),
        ({"accent_color": "#205644"}, "action_color", "Choose a color"),
    ],
)
def test_a_color_that_will_not_do_is_refused_beside_its_field(
    owner: Client, colors: dict[str, str], field: str, words: str
) -> None:
    page = store(owner, palette="own", **colors)
    assert Appearance.load().palette == "sage"
    input_ = page.select_one(f"[name={field}]")
    assert words in input_.find_parent(class_="w-field").select_one(".error-message").text
    assert input_.get("value", "") == colors.get(field, "")


def test_two_colors_of_ones_own_that_can_be_read_are_taken(owner: Client, reader: Client) -> None:
    store(owner, palette="own", accent_color="#1B3F8B", action_color="#8b1b3f")
    text = reader.get(sheet_of(read(reader))).content.decode()
    assert f"--accent:light-dark({color_of_hex('#1b3f8b')}," in text


def test_a_look_is_seen_before_it_is_stored(owner: Client, reader: Client) -> None:
    appearance = Appearance.load()
    address = reverse("wagtailsettings:preview_on_edit", args=[*SETTINGS, appearance.pk])
    answer = owner.post(address, typed(palette="plum", mark=make_drawing("#c2643f").pk))
    assert answer.json()["is_valid"], answer.json()
    preview = BeautifulSoup(owner.get(address).content, "html.parser")
    assert "/plum.both.square." in sheet_of(preview)
    assert preview.select(".brand img.mark")
    assert sheet_of(read(reader)).startswith("/static/css/site")
    assert read(reader).select(".brand img") == []


@pytest.mark.parametrize(
    "address",
    ["pink.both.square.0.css", "sage.both.css", "x.css", "ffffff-ffb080.both.square.0.css"],
)
def test_no_other_style_sheet_is_there(reader: Client, address: str) -> None:
    assert reader.get(f"/appearance/{address}.css").status_code == 404


def test_a_sheet_of_an_earlier_version_is_the_present_one_for_a_while(reader: Client) -> None:
    response = reader.get("/appearance/plum.both.square.0ld.css")
    assert response.status_code == 200
    assert "immutable" not in response["Cache-Control"]


@pytest.mark.parametrize("role", ["Editors", "Moderators", "Front desk", "Practitioners"])
def test_only_owners_change_the_look(client: Client, clinic: ClinicDetails, role: str) -> None:
    client.force_login(make_user(role))
    appearance = Appearance.load()
    address = reverse(EDIT, args=[*SETTINGS, appearance.pk])
    assert client.get(address).status_code in (302, 403)
    client.post(address, typed(palette="plum"))
    appearance.refresh_from_db()
    assert appearance.palette == "sage"


def test_a_mark_that_is_deleted_leaves_a_whole_site(owner: Client, reader: Client) -> None:
    mark = make_drawing("#c2643f")
    store(owner, mark=mark.pk)
    mark.delete()
    page = read(reader)
    assert page.select(".brand img") == []
    assert reader.get("/favicon.ico")["Location"].endswith("/images/icon.png")
