"""`docs/security.md` leaves no requirement out, and what it says a test shows, a test shows."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs/security.md"
# Levels 1 and 2 of version 5.0.0, by section: how many there are, without those of level 3.
REQUIREMENTS = {
    "6.1": [1, 2, 3],
    "6.2": [*range(1, 13)],
    "6.3": [1, 2, 3, 4],
    "6.4": [1, 2, 3, 4],
    "6.5": [1, 2, 3, 4, 5],
    "6.6": [1, 2, 3],
    "6.8": [1, 2, 3, 4],
    "7.1": [1, 2, 3],
    "7.2": [1, 2, 3, 4],
    "7.3": [1, 2],
    "7.4": [1, 2, 3, 4, 5],
    "7.5": [1, 2],
    "7.6": [1, 2],
    "8.1": [1, 2],
    "8.2": [1, 2, 3],
    "8.3": [1],
    "8.4": [1],
    "14.1": [1, 2],
    "14.2": [1, 2, 3, 4],
    "14.3": [1, 2, 3],
    "16.1": [1],
    "16.2": [1, 2, 3, 4, 5],
    "16.3": [1, 2, 3, 4],
    "16.4": [1, 2, 3],
    "16.5": [1, 2, 3],
}
HIPAA = {"(a)(1)", "(b)", "(c)(1)", "(c)(2)", "(d)", "(e)(1)", "(e)(2)(i)", "(e)(2)(ii)"} | {
    f"(a)(2)({part})" for part in ("i", "ii", "iii", "iv")
}
TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
WHY_NOT = ("Does not apply: ", "The operator’s duty: ")
LEAST = 0.7
# What a script of ours may keep in the browser: how far a page is scrolled, and that keys are off.
KEPT_BY_SCRIPTS = {"calendar.js": {"calendar-scroll"}, "comment-queue.js": {"REMEMBERED"}}


def rows(heading: str) -> Iterator[list[str]]:
    """Yield the cells of each row below a heading, those of the headings below it as well."""
    level = heading.split(" ")[0]
    text = PAGE.read_text().split(f"\n{heading}\n")[1]
    part = re.split(rf"\n#{{1,{len(level)}}} ", text)[0]
    for line in part.splitlines():
        if line.startswith("| ") and not line.startswith(("| requirement", "| where")):
            yield [cell.strip() for cell in line.strip("|").split(" | ")]


@cache
def requirements() -> dict[str, str]:
    """Return what shows each requirement."""
    found = list(rows("## OWASP ASVS 5, level 2"))
    assert len({row[0] for row in found}) == len(found)
    return {row[0]: row[2] for row in found}


@cache
def names_of_tests_in(file: str) -> set[str]:
    tree = ast.parse((ROOT / file).read_text())
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_no_requirement_of_the_standard_is_left_out() -> None:
    wanted = {f"{part}.{number}" for part, numbers in REQUIREMENTS.items() for number in numbers}
    assert requirements().keys() == wanted


def test_each_requirement_has_a_test_or_says_why_not() -> None:
    silent = {
        key
        for key, shown in requirements().items()
        if not (TEST.search(shown) or shown.startswith(WHY_NOT))
    }
    assert silent == set()


def test_most_of_what_applies_is_shown_by_a_test() -> None:
    apply = [shown for shown in requirements().values() if not shown.startswith(WHY_NOT[0])]
    assert sum(bool(TEST.search(shown)) for shown in apply) >= LEAST * len(apply)


@pytest.mark.parametrize("law", ["### HIPAA, 45 CFR 164.312", "### CCPA"])
def test_each_question_of_an_auditor_leads_to_a_test(law: str) -> None:
    questions = list(rows(law))
    assert len(questions) >= 10
    assert [row[:2] for row in questions if not TEST.search(row[2])] == []
    if "HIPAA" in law:
        assert {row[0] for row in questions} == HIPAA


def test_every_test_that_the_page_names_exists() -> None:
    named = TEST.findall(PAGE.read_text())
    assert len(named) > 100
    assert [one for one in named if one[1] not in names_of_tests_in(one[0])] == []


def test_the_page_begins_with_who_wants_what() -> None:
    assert all(len(row) == 4 and all(row) for row in rows("## Threats"))


def test_scripts_keep_nothing_of_anybody_in_the_browser() -> None:
    kept: dict[str, set[str]] = {}
    for script in (ROOT / "static/js").rglob("*.js"):
        text = script.read_text()
        assert "indexedDB" not in text, script
        assert "document.cookie" not in text, script
        for name in re.findall(r"Storage\.setItem\(\s*[\"'`]?([\w-]+)", text):
            kept.setdefault(script.name, set()).add(name)
    assert kept == KEPT_BY_SCRIPTS
