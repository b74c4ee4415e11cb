"""Each role is let in where `docs/admin_addresses.md` says, and reads only what is theirs."""

import re
from collections import defaultdict
from pathlib import Path

import pytest

from clinic_site.accounts.roles import Role
from tests.admin import factories
from tests.admin.factories import FullClinic
from tests.admin.visits import REVIEWER, WHO, Visit, walk

pytestmark = [pytest.mark.slow, pytest.mark.any_database]

PAGE = Path(__file__).parents[2] / "docs/admin_addresses.md"
LINE = re.compile(r"- (GET|POST|GET, POST) `(.+)`")
GROUPS = {"Anybody": WHO, "All staff": WHO[1:], "No role": []}

PAGES = {Role.EDITORS, Role.OWNERS}
COMMENTS = {Role.MODERATORS, Role.OWNERS}
PATIENTS = {Role.FRONT_DESK, Role.OWNERS}
# Whose business a word is, as the table of `docs/security.md` has it.
BUSINESS = {
    factories.DRAFT: PAGES,
    factories.DRAFTS_ADDRESS: PAGES,
    factories.UNDER_REVIEW: {*PAGES, REVIEWER},
    factories.IMAGE: PAGES,
    factories.FILE: PAGES,
    factories.DOCUMENT: PAGES,
    factories.TAG: PAGES,
    factories.REDIRECT: PAGES,
    factories.SYNONYM: PAGES,
    factories.PERSON: {*PAGES, Role.FRONT_DESK},
    factories.PATIENT: PATIENTS,
    factories.PHONE[2:]: PATIENTS,
    factories.PHONES_END: PATIENTS,
    factories.EMAIL: PATIENTS,
    factories.INTERNAL_NOTE: PATIENTS,
    factories.OWN_PATIENT: {*PATIENTS, Role.PRACTITIONERS},
    factories.READER: COMMENTS,
    factories.WORDS: COMMENTS,
    factories.ADDRESS: COMMENTS,
    factories.REPLY: COMMENTS,
    factories.ACCOUNT: {Role.OWNERS},
    factories.INVITED: {Role.OWNERS},
}


def stated() -> dict[tuple[str, str], set[str]]:
    """Return what the page says: who may send what method to which address."""
    may: dict[tuple[str, str], set[str]] = defaultdict(set)
    who: list[str] = []
    for line in PAGE.read_text().splitlines():
        if line.startswith("## "):
            heading = line.removeprefix("## ")
            who = GROUPS.get(heading) or ([] if heading in GROUPS else heading.split(", "))
            assert set(who) <= set(WHO), heading
        elif found := LINE.fullmatch(line):
            for method in found[1].split(", "):
                may[found[2], method] |= set(who)
    return may


@pytest.mark.parametrize("who", WHO)
def test_everybody_gets_where_they_have_business_and_reads_what_is_theirs(
    who: str, full_clinic: FullClinic
) -> None:
    may, visits = stated(), list(walk(who, full_clinic))
    named = {name for name, _method in may}
    visited = {visit.name for visit in visits}
    assert sorted(visited - named) == [], "not on the page"
    assert sorted(named - visited) == [], "gone, and still on the page"
    entered = {(visit.name, visit.method) for visit in visits if visit.let_in}
    assert sorted(entered - {key for key, allowed in may.items() if who in allowed}) == []
    assert sorted({key for key, allowed in may.items() if who in allowed} - entered) == []
    assert sorted(told_too_much(who, visits)) == []
    assert [visit[:4] for visit in visits if visit.status >= 500] == []
    shown = [visit for visit in visits if visit.let_in and visit.status == 200]
    assert sorted({visit.name for visit in shown if visit.may_be_kept}) == []


def told_too_much(who: str, visits: list[Visit]) -> set[tuple[str, str]]:
    """Return the addresses whose answer held a word that is none of their business."""
    foreign = [word for word, theirs in BUSINESS.items() if who not in theirs]
    return {
        (visit.name, word)
        for visit in visits
        for word in foreign
        if word.lower() in visit.body.lower()
    }
