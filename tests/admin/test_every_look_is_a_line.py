"""Whoever is shown a patient leaves a line: on every address there is, and by every form on it.

Each record has words of its own. A screen that is new is looked at without being named here; one
that shows a word, and notes no look at the record, fails.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from http.cookies import SimpleCookie
from typing import Any, NamedTuple

import pytest

from booking.actions.patients.assigning import attach
from booking.actions.patients.records import Details, create_patient
from booking.actions.waiting_list import join_waiting_list
from booking.models import Appointment, CallTask
from clinic_site.access_log.screens import screen_title
from clinic_site.accounts.roles import Role
from clinic_site.clinic.models import Closure
from tests.admin.addresses import addresses
from tests.admin.examples import examples
from tests.admin.factories import FullClinic
from tests.admin.forms import Screen
from tests.admin.visits import METHODS, as_it_was, signed_in, somebody
from tests.booking.classes.factories import join
from tests.booking.factories import at, book, make_appointment
from tests.looks import key_of_row, lines_of, vias_of

pytestmark = [pytest.mark.slow, pytest.mark.any_database, pytest.mark.search]

SEE_PATIENTS = [Role.PRACTITIONERS, Role.FRONT_DESK, Role.OWNERS]
# History names what was done with which reference, and nobody; it is no look at a record.
BY_REFERENCE = {"wagtailadmin_reports:site_history", "wagtailadmin_reports:site_history_results"}
LOOKED_FOR = ("q", "find", "text")  # what the boxes are called in which one looks for people

Canaries = dict[str, tuple[str, int]]


@pytest.fixture
def canaries(full_clinic: FullClinic) -> Canaries:
    """More people than the clinic had, each with words that are in one record alone."""
    desk: Any = full_clinic.users[Role.FRONT_DESK]
    service, practitioner = full_clinic.service, full_clinic.practitioner
    own = Appointment.objects.get(name="Sid Serval").practitioner
    meets = full_clinic.class_date
    practitioner.assignments.create(service=meets.service, location=meets.location)
    today = {"by": desk, "outside_hours": True}
    visits = [
        book(service, at(4, 15), practitioner=practitioner, name="Ada Alpaca", **today),
        book(service, at(4, 16), practitioner=own, name="Bo Bandicoot", **today),
        book(service, at(5, 10), practitioner=practitioner, name="Cy Civet"),
        make_appointment(name="Di Dingo", phone="+18055550191", email="di@dingo.example"),
        book(service, at(7, 9), practitioner=practitioner, name="Ed Echidna", **today),
        book(service, at(6, 13), practitioner=own, name="Flo Fossa", **today),
        join(meets.service, name="Ivy Ibex"),
    ]
    join_waiting_list(visits[4])
    CallTask.objects.create(appointment=visits[4], reason=CallTask.Reason.EMAIL_FAILED)
    Closure.objects.create(first_day=date(2027, 1, 7), last_day=date(2027, 1, 7))
    kept = create_patient(Details(name="Gus Gibbon", phones="+18055550192"), by=desk)
    attach(visits[0], kept, by=desk)
    attach(full_clinic.appointment, full_clinic.patient, by=desk)
    Appointment.objects.filter(pk=full_clinic.appointment.pk).update(name="Hal Hyrax")
    seen: Canaries = {visit.name: key_of_row(visit) for visit in visits}
    seen |= {visit.reference: key_of_row(visit) for visit in visits}
    seen |= {"Gus Gibbon": key_of_row(kept), "555-0192": key_of_row(kept)}
    seen |= {"Uma Urial": key_of_row(full_clinic.patient)}
    seen |= {"Hal Hyrax": key_of_row(full_clinic.appointment)}
    return seen | {"di@dingo.example": key_of_row(visits[3])}


@pytest.mark.parametrize("who", SEE_PATIENTS)
def test_whatever_shows_a_patient_writes_a_line(
    who: str, full_clinic: FullClinic, canaries: Canaries
) -> None:
    user = somebody(who, full_clinic)
    client, shown, forgotten, vias = signed_in(user), set(), set(), set[str]()
    waiting, asked = [*every_address(full_clinic)], set()
    while waiting:
        question = waiting.pop()
        with as_it_was():
            answers = answers_to(client, question)
            written = lines_of(user)
            vias |= vias_of(user)
        body = "".join(map(body_of, answers))
        for word, record in canaries.items():
            if word in body:
                shown.add(record)
                is_history = "-" in word and question.name in BY_REFERENCE
                if record not in written and not is_history:
                    forgotten.add((*question[:3], word))
        if question.method == "GET" and not question.fields:
            found = [
                one for one in forms_on(answers[0], question, canaries) if one.key not in asked
            ]
            asked |= {one.key for one in found}
            waiting += {one.key: one for one in found}.values()
    assert sorted(forgotten) == []
    assert shown, "nothing was looked at"
    assert [via for via in vias if screen_title(via) == via and ":" in via] == [], "no words for it"
    if who != Role.PRACTITIONERS:
        assert sorted({*canaries.values()} - shown) == [], "seen nowhere: this tests nothing"


class Question(NamedTuple):
    name: str  # of the address on which it is asked
    method: str
    path: str
    fields: dict[str, list[str]]

    @property
    def key(self) -> tuple[str, ...]:
        typed = [str(self.fields[name]) for name in LOOKED_FOR if name in self.fields]
        return (self.method, self.path, *sorted(self.fields), *typed)


def every_address(clinic: FullClinic) -> Iterator[Question]:
    for address in addresses():
        for name, path in examples(address, clinic):
            for method in METHODS:
                yield Question(name, method, path, {})


def forms_on(answer: Any, question: Question, canaries: Canaries) -> Iterator[Question]:
    """Yield every form of a page of ours as a browser would send it; Wagtail's hold no patients."""
    if question.name.startswith("wagtail") and question.name != "wagtailadmin_home":
        return
    for form in Screen(answer, question.path).forms:
        if not form.path.startswith("/admin/"):
            continue
        fields: dict[str, list[str]] = defaultdict(list)
        for name, value in form.fields:
            fields[name].append(value)
        yield Question(question.name, form.method, form.path, dict(fields))
        for name in {*fields} & {*LOOKED_FOR}:
            for word in filter(is_name, canaries):
                # In small letters, so that what stands in the box again is not taken for a look.
                typed = {**fields, name: [word.lower()]}
                yield Question(question.name, form.method, form.path, typed)


def is_name(word: str) -> bool:
    return word.replace(" ", "").isalpha()


def answers_to(client: Any, question: Question) -> list[Any]:
    """Return the answer and what it leads to, as if nothing had been asked before."""
    client.cookies = SimpleCookie(client.kept)
    if question.fields:
        send = client.post if question.method == "POST" else client.get
        answers = [send(question.path, question.fields)]
    else:
        answers = [client.generic(question.method, question.path)]
    while len(answers) < 4 and answers[-1].status_code in (302, 303):
        there = answers[-1]["Location"]
        if not there.startswith("/admin/"):
            break
        answers.append(client.get(there))
    return answers


def body_of(answer: Any) -> str:
    content = b"".join(answer) if answer.streaming else answer.content
    return content.decode(errors="replace")
