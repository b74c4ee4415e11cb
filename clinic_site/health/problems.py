"""What is wrong, in words, and what to do: worked out from facts alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core.checks import run_checks
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from clinic_site.health.facts import Facts, since
from clinic_site.jobs.models import JobStatus

NO_PULSE = timedelta(minutes=5)
UNSENT = timedelta(minutes=15)
FAILING = timedelta(minutes=15)
OLD_BACKUP = timedelta(hours=48)
LITTLE_ROOM, LITTLE_SHARE = 1024**3, 0.1  # under both


@dataclass(frozen=True)
class Problem:
    """`name` is the same as long as it is the same problem, so that it is told once."""

    name: str
    words: str | Promise
    is_of_mail: bool = False  # an email could not tell of it


def problems(facts: Facts) -> list[Problem]:
    kinds = (_of_worker, _of_mail, _of_jobs, _of_disk, _of_backup)
    return [problem for kind in kinds for problem in kind(facts)]


def _of_worker(facts: Facts) -> Iterator[Problem]:
    if since(facts.worker_seen_at, facts.now) > NO_PULSE:
        words = _(
            "The worker isn’t running: no emails leave, and nothing is done by the clock. Have it "
            "started again (manage.py worker)."
        )
        yield Problem("worker", words, is_of_mail=True)


def _of_mail(facts: Facts) -> Iterator[Problem]:
    if facts.mail.refused:
        words = _(
            "The mail server doesn’t take emails. Tried again and again: %(count)d. Check "
            "EMAIL_URL and the account there."
        )
        yield Problem("mail refused", words % {"count": facts.mail.refused}, is_of_mail=True)
    oldest = facts.mail.oldest_due_at
    if oldest and facts.now - oldest > UNSENT:
        words = _("Emails wait, and nobody has tried to send them. Look at the worker.")
        yield Problem("mail waits", words, is_of_mail=True)


def _of_jobs(facts: Facts) -> Iterator[Problem]:
    for job in facts.jobs:
        if is_failing(job) and job.name != "mail":
            words = _("“%(job)s” has failed and not succeeded since: %(error)s.")
            yield Problem(f"job {job.name}", words % {"job": job.name, "error": job.last_error})


def is_failing(job: JobStatus) -> bool:
    """Tell whether a job has not succeeded for a while: a lock that was held once is no alarm."""
    if not job.failed_at:
        return False
    return not job.succeeded_at or job.failed_at - job.succeeded_at > FAILING


def _of_disk(facts: Facts) -> Iterator[Problem]:
    disk = facts.disk
    if disk is None:
        yield Problem("disk", _("The folder of the site’s files (VAR_DIR) can’t be read."))
    elif disk.free < LITTLE_ROOM and disk.free < disk.total * LITTLE_SHARE:
        yield Problem("disk", _("The disk is almost full. Make room, or nothing can be saved."))


def _of_backup(facts: Facts) -> Iterator[Problem]:
    if facts.backup_at is None:
        words = _(
            "There’s no backup yet. Have whoever runs the server set BACKUP_DIR and BACKUP_KEYS "
            "(docs/operations.md, “Backup”)."
        )
        yield Problem("no backup", words)
    elif since(facts.backup_at, facts.now) > OLD_BACKUP:
        yield Problem("old backup", _("The last backup is more than two days old."))


def configuration_problems() -> list[str]:
    """What `manage.py check --deploy` has to say, in words."""
    messages = run_checks(include_deployment_checks=True)
    told = [message for message in messages if not message.is_silenced()]
    return [f"{message.msg} {message.hint or ''}".strip() for message in told]


def is_demo_mail() -> bool:
    """Tell whether emails become files, since no mail server is named."""
    return not settings.MAIL_TRANSPORT.endswith("LimitedBackend")
