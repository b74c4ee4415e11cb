"""`docs/wagtail.md` names every private part that the site leans on, with tests that exist."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs/wagtail.md"
OURS = ("blog", "booking", "clinic_site", "comments", "demo", "wordpress")
TOP = ("static", "templates", "tests", "gunicorn.conf.py", *OURS)

# Modules that are in no reference, of which we know that they are used.
PRIVATE_MODULES = (
    "csp.middleware",
    "django.core.cache.backends",
    "django.db.migrations.executor",
    "django.db.migrations.recorder",
    "modelsearch.backends",
    "modelsearch.query",
    "modelsearch.utils",
    "wagtail.admin.admin_url_finder",
    "wagtail.admin.paginator",
    "wagtail.admin.rich_text",
    "wagtail.admin.views.generic.permissions",
    "wagtail.admin.widgets.chooser",
    "wagtail.contrib.redirects.middleware",
    "wagtail.url_routing",
    "wagtail.utils",
    "willow",
)
DOTTED = tuple(f"{module}." for module in PRIVATE_MODULES)
# What an object of another's keeps to itself. `_meta` and the managers of a model are documented.
PRIVATE_NAMES = re.compile(r"(?:super\(\)|request|query|backend|compiler)\._[a-z]\w*")


@cache
def rows() -> list[list[str]]:
    """Return the cells of each row: what, why, guarded by, goes when."""
    lines = [line for line in PAGE.read_text().splitlines() if line.startswith("| ")]
    cells = [[cell.strip() for cell in line.strip("| ").split(" | ")] for line in lines]
    return [row for row in cells if row[0] != "what, and where"]


def named_files(cell: str) -> list[str]:
    return [name for name in re.findall(r"`([^`:]+)`", cell) if name.split("/")[0] in TOP]


def names_of_tests(file: Path) -> set[str]:
    tree = ast.parse(file.read_text())
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def own_modules() -> Iterator[Path]:
    for folder in OURS:
        yield from (ROOT / folder).rglob("*.py")


def modules_imported_by(file: Path) -> set[str]:
    tree = ast.parse(file.read_text())
    nodes = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module]
    return {str(node.module) for node in nodes}


def test_every_row_says_what_why_how_guarded_and_until_when() -> None:
    assert len(rows()) > 30
    for row in rows():
        assert len(row) == 4, row
        assert all(row), row


@pytest.mark.parametrize("row", rows(), ids=lambda row: row[0][:60])
def test_what_a_row_names_is_there(row: list[str]) -> None:
    what, _why, guarded, _goes = row
    files = named_files(what)
    assert files, "which file leans on it?"
    assert [name for name in files if not (ROOT / name).is_file()] == []
    guards = re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", guarded)
    assert guards, "which test fails when it changes?"
    for file, test in guards:
        assert (ROOT / file).is_file(), file
        assert test in names_of_tests(ROOT / file), f"{file}::{test}"


def test_every_overridden_template_has_a_row() -> None:
    overridden = {
        str(file.relative_to(ROOT))
        for folder in ("wagtailadmin", "wagtailcore", "wagtailimages", "wagtailusers")
        for file in (ROOT / "templates" / folder).rglob("*.html")
    }
    assert overridden <= {name for row in rows() for name in named_files(row[0])}


def test_every_module_that_touches_something_private_has_a_row() -> None:
    listed = {name for row in rows() for name in named_files(row[0])}
    missing = []
    for file in own_modules():
        private = {
            module for module in modules_imported_by(file) if f"{module}.".startswith(DOTTED)
        }
        private |= set(PRIVATE_NAMES.findall(file.read_text()))
        name = str(file.relative_to(ROOT))
        if private and name not in listed:
            missing.append(f"{name}: {', '.join(sorted(private))}")
    assert missing == []
