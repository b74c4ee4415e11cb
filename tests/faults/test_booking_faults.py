"""Processes die while patients book, or do the same at once: each thing once, and nothing lost."""

import os
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest

from tests.faults.answering import REFERENCE, answer_questions
from tests.faults.test_killed_process import workers_of
from tests.running_site import RunningSite, running_site

pytestmark = pytest.mark.processes

PATIENTS, TRIES = 20, 20

FREE_TIMES = """
from datetime import timedelta
from django.utils import timezone
from booking.models import Service
from booking.scheduling.slots import AvailabilityQuery, free_times
from clinic_site.clinic.models import Location
service, location = Service.objects.get(slug="posture-assessment"), Location.objects.get()
today = timezone.localdate(timezone=location.zone)
print(service.pk)
until, now = today + timedelta(days=50), timezone.now()
for slot in free_times(AvailabilityQuery(service, location), today, until, now=now):
    print(slot.starts_at.strftime("%Y-%m-%dT%H:%MZ"))
"""
WITHOUT_THEIR_TIME = """
from booking.models import Appointment
# Whoever comes to a class has a seat, and the class the time.
for visit in Appointment.objects.standing().filter(starts_at__isnull=False, class_session=None):
    cells = -(-(visit.duration_minutes + visit.buffer_minutes) // 5)
    if visit.claims.count() != cells:
        print(visit.reference)
"""

# Agreed three days ago, all of them within a day: their reminders are due.
AGREE_ON_VISITS = """
from datetime import timedelta
from clinic_site.accounts.models import User
from django.db import connection, transaction
from django.utils import timezone
from booking.models import Service
from booking.actions.errors import JustTaken
from booking.actions.requests import Contact, book_time
from clinic_site.clinic.models import Location
service, location = Service.objects.get(slug="posture-assessment"), Location.objects.get()
begins = timezone.now().replace(minute=0, second=0, microsecond=0) + timedelta(hours=3)
with transaction.atomic():
    for number in range(18):
        try:
            visit = book_time(
                service=service,
                location=location,
                starts_at=begins + timedelta(hours=number),
                contact=Contact(name="Jo", email=f"jo{number}@patient.example"),
                idempotency_key=f"reminded {number}",
                by=User.objects.get(username="frontdesk"),
                outside_hours=True,
            )
        except JustTaken:
            continue
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE booking_appointmentevent SET at = %s WHERE appointment_id = %s",
                [timezone.now() - timedelta(days=3), visit.pk],
            )
        print(visit.reference)
"""
REMIND = """
from django.utils import timezone
from booking.actions.reminders import remind_patients
print(remind_patients(timezone.now()))
"""
REMINDERS = """
from clinic_site.mail.models import OutgoingEmail
subjects = OutgoingEmail.objects.values_list("subject", flat=True)
print("\\n".join(subject for subject in subjects if subject.startswith("A reminder")))
"""
WORKERS = 4


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSite]:
    with running_site(tmp_path_factory.mktemp("var")) as site:
        yield site


def book(site: RunningSite, service: str, starts_at: str, patient: int) -> str | None:
    """Fill in the form, and send this one form until the site says that it has it."""
    form = {
        "service": service,
        "practitioner": "anyone",
        "starts_at": starts_at,
        "name": f"Patient {patient}",
        "phone": f"805-555-01{patient:02}",
        "new_patient": "yes",
    }
    checked = None
    for _try in range(TRIES):
        try:
            checked = checked or answer_questions(site.url, form)
            address, seen = checked
            sent = Request(address, urlencode(seen).encode())  # noqa: S310
            with urlopen(sent) as thanks:  # noqa: S310
                reference = REFERENCE.search(thanks.url)
                return reference[0] if reference else None
        except (URLError, HTTPException, OSError):
            site.wait_until_ready()  # nobody was promised anything: press it again
    return None


def test_whoever_was_told_so_has_a_visit_and_only_one(site: RunningSite) -> None:
    service, *times = site.run_python(FREE_TIMES)
    times = times[:: len(times) // PATIENTS][:PATIENTS]
    before = set(site.ask_database("SELECT reference FROM booking_appointment"))
    web = site.processes[-1].pid
    with ThreadPoolExecutor(8) as patients:
        answers = [
            patients.submit(book, site, service, time, number) for number, time in enumerate(times)
        ]
        for answered in (PATIENTS // 5, PATIENTS // 2):
            answers[answered].result()
            for worker in workers_of(web):
                os.kill(worker, signal.SIGKILL)
        promised = [answer.result() for answer in answers]
    stored = site.ask_database("SELECT reference FROM booking_appointment")
    assert None not in promised
    assert sorted(set(stored) - before) == sorted(reference or "" for reference in promised)
    assert site.run_python(WITHOUT_THEIR_TIME) == []
    if not site.database_url:
        assert site.ask_database("PRAGMA integrity_check") == ["ok"]


def test_workers_in_processes_of_their_own_remind_once(site: RunningSite) -> None:
    """Beside the site's own worker, which does the same job."""
    references = site.run_python(AGREE_ON_VISITS)
    with ThreadPoolExecutor(WORKERS) as workers:
        counts = list(workers.map(site.run_python, [REMIND] * WORKERS))
    assert all(len(count) == 1 for count in counts)
    reminded = [subject.split()[-1] for subject in site.run_python(REMINDERS)]
    assert references
    # A visit of the demo may come due while this runs.
    assert set(references) <= set(reminded)
    assert len(reminded) == len(set(reminded))
