"""A mail server hangs while thirty emails are due: nothing else that the worker does waits."""

import signal
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.running_site import RunningSite, running_site

pytestmark = pytest.mark.processes

EMAILS = 30
PATIENCE = 60  # seconds; by the emails' own time they would take five minutes

# A page to publish, a picture to make, a job that fails, and emails to send, all of them due now.
WORK = f"""
from datetime import timedelta
from django.utils import timezone
from clinic_site.images.models import RenditionJob, SiteImage
from clinic_site.jobs.models import JobSchedule, JobStatus
from clinic_site.mail.outbox import queue_row
from clinic_site.pages.models import StandardPage
now = timezone.now()
for number in range({EMAILS}):
    queue_row(to=f"pat{{number}}@patient.example", subject="A word", text="From us.", due_at=now)
page = StandardPage.objects.live().first()
page.unpublish()
revision = page.save_revision()
type(revision).objects.filter(pk=revision.pk).update(approved_go_live_at=now)
RenditionJob.objects.all().delete()  # what else waits would come first
picture = SiteImage.objects.first()
picture.renditions.all().delete()
picture.save()
JobSchedule.objects.update(due_at=now)
JobStatus.objects.all().delete()
print(page.pk)
print(picture.pk)
"""


@pytest.fixture
def site(tmp_path: Path) -> Iterator[RunningSite]:
    with closing(socket.create_server(("127.0.0.1", 0), backlog=EMAILS)) as mute:
        address = f"smtp://127.0.0.1:{mute.getsockname()[1]}/?timeout=10"
        with running_site(tmp_path / "var", EMAIL_URL=address) as site:
            yield site


def wait_until(holds: Callable[[], object]) -> None:
    give_up = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < give_up
        time.sleep(0.5)


def test_jobs_and_pictures_go_on_and_the_worker_stops_when_asked(site: RunningSite) -> None:
    page, image = site.run_python(WORK)
    ask = site.ask_database
    wait_until(lambda: page in ask("SELECT id FROM wagtailcore_page WHERE live"))
    wait_until(lambda: image not in ask("SELECT image_id FROM images_renditionjob"))
    done = "SELECT name FROM jobs_jobstatus WHERE succeeded_at IS NOT NULL"
    wait_until(lambda: {"expire held times", "relate articles"} <= set(ask(done)))
    tried = ask("SELECT attempts FROM mail_outgoingemail WHERE attempts > 0")
    assert len(tried) < EMAILS, "the mail server has hung all the time"
    worker = site.processes[0]
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(timeout=PATIENCE) == 0
