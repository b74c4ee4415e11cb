"""Styles are written one sheet for each component, sent in few, and name each color once."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles.finders import get_finder
from django.core.files.storage import FileSystemStorage
from django.core.management import call_command
from django.test import override_settings

from clinic_site.http.static_files import IMPORT, bundled

pytestmark = pytest.mark.any_database

ROOT = Path(__file__).parents[3]
CSS = ROOT / "static/css"
PUBLIC = sorted(sheet for sheet in CSS.rglob("*.css") if sheet.parent.name != "admin")
COLOR = re.compile(r"oklch\([^)]*\)|#[0-9a-f]{3,8}\b|\brgba?\(|\bhsla?\(")


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `collectstatic` makes of the site's own files."""
    folder = tmp_path_factory.mktemp("static")
    backend = {"BACKEND": "clinic_site.http.static_files.BundledStaticFilesStorage"}
    finders = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    with override_settings(
        STATIC_ROOT=folder, STORAGES={"staticfiles": backend}, STATICFILES_FINDERS=finders
    ):
        get_finder.cache_clear()
        call_command("collectstatic", verbosity=0, interactive=False)
    get_finder.cache_clear()
    return folder


def sent(collected: Path, name: str) -> str:
    [file] = collected.glob(f"css/{name}.????????????.css")
    return file.read_text()


@pytest.mark.parametrize("name", ["site", "article", "booking", "forms", "pages"])
def test_a_page_asks_for_no_imported_sheet(collected: Path, name: str) -> None:
    assert "@import" not in sent(collected, name)


@pytest.mark.parametrize("name", ["site", "article", "booking", "pages"])
def test_what_is_imported_is_there_in_its_order(collected: Path, name: str) -> None:
    places = []
    for imported in IMPORT.findall((CSS / f"{name}.css").read_text()):
        beginning = (CSS / imported).read_text().partition("*/")[0]
        places.append(sent(collected, name).index(beginning))
    assert places == sorted(places)
    assert places


def test_what_a_sheet_shows_is_found_from_its_new_place(collected: Path) -> None:
    addresses = re.findall(r'url\("([^"]+)"\)', sent(collected, "site"))
    assert any("search" in address for address in addresses)
    for address in addresses:
        assert (collected / "css" / address).resolve().is_file(), address


def test_a_component_that_changes_changes_the_name_of_what_holds_it(tmp_path: Path) -> None:
    """A browser keeps a sheet for good, so what is in it has to be in its name."""
    (tmp_path / "parts").mkdir()
    (tmp_path / "all.css").write_text('@import url("parts/one.css");\nbody { margin: 0 }\n')
    one = tmp_path / "parts/one.css"
    one.write_text('.one { background: url("../one.svg") }\n')
    assert bundle(tmp_path) == '.one { background: url("one.svg") }\nbody { margin: 0 }\n'
    one.write_text(".one { color: red }\n")
    assert bundle(tmp_path) == ".one { color: red }\nbody { margin: 0 }\n"


def bundle(folder: Path) -> str:
    storage = FileSystemStorage(folder)
    paths = {name: (storage, name) for name in ("all.css", "parts/one.css")}
    memory, name = bundled(paths)["all.css"]
    with memory.open(name) as file:
        return str(file.read().decode())


def test_the_sheets_of_an_article_are_small(collected: Path) -> None:
    files = [next(collected.glob(f"css/{n}.????????????.css.br")) for n in ("site", "article")]
    files += collected.glob("css/forms.????????????.css.br")
    assert len(files) == 3
    assert sum(file.stat().st_size for file in files) <= 20_000


def test_every_sheet_is_sent() -> None:
    """By a template or by a sheet that is; what nobody asks for is forgotten."""
    templates = "".join(file.read_text() for file in (ROOT / "templates").rglob("*.html"))
    named = set(re.findall(r"css/([\w/-]+\.css)", templates))
    for name in list(named):
        named |= set(IMPORT.findall((CSS / name).read_text()))
    assert {str(sheet.relative_to(CSS)) for sheet in PUBLIC} <= named


def test_colors_are_named_in_one_sheet_and_once() -> None:
    for sheet in PUBLIC:
        if sheet.name != "tokens.css":
            assert COLOR.findall(sheet.read_text()) == [], sheet.name
    names = re.findall(r"(--[\w-]+): light-dark\(", (CSS / "tokens.css").read_text())
    assert len(names) == len(set(names)) > 10


def test_browsers_without_two_schemes_get_a_system_color_for_each() -> None:
    named, _, older = (CSS / "tokens.css").read_text().partition("@supports not")
    names = set(re.findall(r"(--[\w-]+): light-dark\(", named))
    told = dict(re.findall(r"(--[\w-]+): (\w+);", older))
    assert told.keys() == names
    assert set(told.values()) == {"Canvas", "CanvasText", "LinkText"}


@pytest.mark.parametrize("sheet", PUBLIC, ids=lambda sheet: sheet.name)
def test_no_sheet_is_longer_than_a_file_may_be(sheet: Path) -> None:
    assert len(sheet.read_text().splitlines()) <= 300
