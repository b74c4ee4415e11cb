"""The page that leads newcomers: each file that it names is there, and its lists are complete."""

import re
from pathlib import Path

import pytest

from booking.actions import transitions
from booking.actions.calendars import calendar_feeds
from booking.desk.labels import ICONS
from booking.models import Appointment
from booking.scheduling import agenda
from clinic_site.accounts.roles import Role, permissions_of
from clinic_site.privacy.register import personal_data_records
from comments.admin.cards import OFFERED
from comments.admin.decisions import ACTIONS
from comments.admin.labels import ICONS as COMMENT_ICONS
from comments.models import Comment
from demo.staff import USERNAMES

ROOT = Path(__file__).parent.parent.parent
PAGES = [
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "README.md",
    *sorted(f"docs/{page.name}" for page in (ROOT / "docs").glob("*.md")),
]
IN_BACKTICKS = re.compile(r"`([\w./-]+)`")
FILE = re.compile(r"[\w-]+(/[\w-]+)*(/|\.(py|md|html|css|txt|toml|js))|\.env\.example")


def files_named(page: str) -> set[str]:
    named = set(IN_BACKTICKS.findall(_text(page)))
    # Inside an app's table "models/" stands for the folder of any app.
    made = {"var"}  # on each machine
    return {
        name
        for name in named
        if FILE.fullmatch(name)
        and (ROOT / name.split("/")[0]).exists()
        and name.split("/")[0] not in made
    }


@pytest.mark.parametrize("page", PAGES)
def test_each_file_that_a_page_names_exists(page: str) -> None:
    assert [name for name in sorted(files_named(page)) if not (ROOT / name).exists()] == []


@pytest.mark.parametrize("page", PAGES)
def test_each_module_that_a_page_names_exists(page: str) -> None:
    """By its dotted name; a last part with a capital, or after a module, is something in it."""
    missing = []
    for name in re.findall(
        r"`((?:blog|booking|clinic_site|comments|demo)(?:\.\w+)+)`", _text(page)
    ):
        parts = name.split(".")
        paths = [ROOT.joinpath(*parts[:end]) for end in (len(parts), len(parts) - 1)]
        if not any(path.is_dir() or path.with_suffix(".py").exists() for path in paths):
            missing.append(name)
    assert missing == []


def _text(page: str) -> str:
    return (ROOT / page).read_text()


def test_the_page_of_changes_names_many_files() -> None:
    assert len(files_named("docs/how_to.md")) > 50


def test_no_appointment_state_is_left_out() -> None:
    states = set(Appointment.State)
    architecture = (ROOT / "ARCHITECTURE.md").read_text()
    diagram = architecture.partition("## States")[2].partition("```\n\n")[0]
    reached = {transition.to for transition in transitions.TRANSITIONS.values()}
    assert set(ICONS) == states
    assert reached | {Appointment.State.REQUESTED} == states
    assert {state for state in states if state not in diagram} == set()
    assert set(agenda.SHOWN) | set(calendar_feeds.SHOWN) <= states


def test_every_state_has_a_sentence_for_the_patient() -> None:
    outcome = (ROOT / "templates/booking/includes/outcome.html").read_text()
    thanked_for_coming = {"arrived", "completed", "no_show"}
    told = set(re.findall(r'state == "(\w+)"', outcome))
    assert told | thanked_for_coming == set(Appointment.State)


def test_no_comment_state_and_no_decision_is_left_out() -> None:
    states = {state.value for state in Comment.State}
    architecture = (ROOT / "ARCHITECTURE.md").read_text()
    diagram = architecture.partition("## States")[2].partition("appointment ")[0]
    assert set(COMMENT_ICONS) == states
    assert {state for state in states if state not in diagram} == set()
    offered = {button.decision for buttons in OFFERED.values() for button in buttons}
    assert set(ACTIONS) == offered | {"approve_edit", "reject_edit"}


def test_each_decision_has_a_number_of_its_own_and_is_called_by_it() -> None:
    files = sorted((ROOT / "docs/decisions").glob("0*.md"))
    numbers = [int(file.name[:3]) for file in files]
    assert numbers == list(range(1, len(files) + 1))
    for file, number in zip(files, numbers, strict=True):
        assert file.read_text().startswith(f"# {number}. "), file.name


def test_no_role_is_left_out() -> None:
    security = (ROOT / "docs/security.md").read_text()
    for role in Role:
        assert len(permissions_of(role)) > 1, role  # more than the way into the admin
        assert role in USERNAMES, role
        assert role in security, role


def test_no_personal_data_is_left_out() -> None:
    """Each privacy module on the page has its records registered, and there are no others."""
    modules = [name for name in files_named("docs/how_to.md") if name.endswith("/privacy.py")]
    told = []
    for module in modules:
        namespace = __import__(module.removesuffix(".py").replace("/", "."), fromlist=["RECORDS"])
        told += getattr(namespace, "RECORDS", [])
    assert len(told) == len(personal_data_records())
    assert all(record in personal_data_records() for record in told)
