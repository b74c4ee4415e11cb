"""A clinic's own sheet is the site's own, whole, with the clinic's tokens behind it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.staticfiles.finders import get_finder
from django.core.management import call_command
from django.test import override_settings

from clinic_site.appearance.stylesheet import _site_sheet, sheet_with
from clinic_site.appearance.theme import Theme

pytestmark = pytest.mark.any_database


@pytest.fixture
def collected(tmp_path: Path) -> Iterator[Path]:
    """The site's own files as `collectstatic` leaves them."""
    backend = {"BACKEND": "clinic_site.http.static_files.BundledStaticFilesStorage"}
    finders = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    told = {"STATIC_ROOT": tmp_path, "STORAGES": {"staticfiles": backend}}
    with override_settings(**told, STATICFILES_FINDERS=finders):
        get_finder.cache_clear()
        call_command("collectstatic", verbosity=0, interactive=False)
        _site_sheet.cache_clear()
        yield tmp_path
    get_finder.cache_clear()
    _site_sheet.cache_clear()


@pytest.mark.slow
def test_what_the_sheet_shows_is_found_from_its_own_address(collected: Path) -> None:
    text = sheet_with(Theme("plum"))
    addresses = re.findall(r'url\("?([^")]+)', text)
    assert len(addresses) > 3
    for address in addresses:
        assert address.startswith("/static/"), address
        assert (collected / address.removeprefix("/static/")).is_file(), address


@pytest.mark.slow
def test_it_is_one_file_and_the_clinics_tokens_come_last(collected: Path) -> None:
    [file] = collected.glob("css/site.????????????.css")
    text = sheet_with(Theme("plum"))
    assert "@import" not in text
    assert len(text) > len(file.read_text())
    assert text.rstrip().endswith(Theme("plum").css)
