"""The same facts in the text format of Prometheus, for whoever has the token."""

from collections.abc import Iterator

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from clinic_site.health.facts import Facts, read_facts
from clinic_site.health.problems import is_failing, problems

TEXT = "text/plain; version=0.0.4; charset=utf-8"


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Without METRICS_TOKEN there is nothing here."""
    if not settings.METRICS_TOKEN:
        return HttpResponse(status=404)
    given = request.headers.get("Authorization", "")
    if not constant_time_compare(given, f"Bearer {settings.METRICS_TOKEN}"):
        return HttpResponse(status=401, headers={"WWW-Authenticate": "Bearer"})
    return HttpResponse(as_text(read_facts(timezone.now())), content_type=TEXT)


def as_text(facts: Facts) -> str:
    return "".join(f"{line}\n" for line in _lines(facts))


def _lines(facts: Facts) -> Iterator[str]:
    for name, help_text, samples in _families(facts):
        yield f"# HELP clinic_{name} {help_text}"
        yield f"# TYPE clinic_{name} gauge"
        for labels, value in samples:
            yield f"clinic_{name}{_labels(labels)} {value}"


Samples = list[tuple[dict[str, str], float]]


def _families(facts: Facts) -> Iterator[tuple[str, str, Samples]]:
    """Yield name, meaning and values of each metric. What has never been has no value."""
    told = {label.lower(): version for label, version in facts.versions.items()}
    yield "info", "Versions.", [(told, 1)]
    yield "problems", "What is wrong now.", [({}, len(problems(facts)))]
    yield (
        "worker_seen_timestamp_seconds",
        "The worker's last sign of life.",
        _at(facts.worker_seen_at),
    )
    mail = facts.mail
    yield (
        "emails",
        "Emails by state.",
        [
            ({"state": "waiting"}, mail.waiting),
            ({"state": "failed"}, mail.failed),
            ({"state": "refused"}, mail.refused),
        ],
    )
    oldest = (facts.now - mail.oldest_due_at).total_seconds() if mail.oldest_due_at else 0
    yield "oldest_email_seconds", "How long an email waits that nobody has tried.", [({}, oldest)]
    yield from _of_jobs(facts)
    if facts.disk:
        yield "disk_free_bytes", "Room on the disk.", [({}, facts.disk.free)]
        yield "disk_total_bytes", "Size of the disk.", [({}, facts.disk.total)]
    yield "backup_timestamp_seconds", "When the last backup was finished.", _at(facts.backup_at)
    yield "database_bytes", "Size of the database.", [({}, facts.database_bytes)]


def _of_jobs(facts: Facts) -> Iterator[tuple[str, str, Samples]]:
    succeeded: Samples = [
        ({"job": job.name}, job.succeeded_at.timestamp()) for job in facts.jobs if job.succeeded_at
    ]
    yield "job_success_timestamp_seconds", "Last success of each job and queue.", succeeded
    failing: Samples = [({"job": job.name}, int(is_failing(job))) for job in facts.jobs]
    yield "job_failing", "1 if a job has failed and not succeeded since.", failing


def _at(moment: object) -> Samples:
    return [({}, moment.timestamp())] if hasattr(moment, "timestamp") else []


def _labels(labels: dict[str, str]) -> str:
    written = ",".join(f'{name}="{_escaped(value)}"' for name, value in labels.items())
    return f"{{{written}}}" if written else ""


def _escaped(value: str) -> str:
    return value.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
