"""Owners are told of a problem once, by an email.

Of what keeps emails from leaving, whoever answers at ALARM_URL is told as well.
"""

import json
import logging
from datetime import datetime
from urllib.request import Request, urlopen

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from clinic_site.accounts.models import User
from clinic_site.health.facts import read_facts
from clinic_site.health.models import Alarm
from clinic_site.health.permissions import SEE_HEALTH
from clinic_site.health.problems import Problem, problems
from clinic_site.mail.outbox import queue_row

logger = logging.getLogger(__name__)

PATIENCE = 10  # seconds for ALARM_URL
# It is told on the start page, and from the first day on it would be an alarm about nothing new.
NO_ALARM = {"no backup"}


def tell_of_problems(now: datetime) -> None:
    """Tell of each problem that nobody has been told of; forget those that are over."""
    found = [problem for problem in problems(read_facts(now)) if problem.name not in NO_ALARM]
    Alarm.objects.exclude(problem__in=[problem.name for problem in found]).delete()
    known = set(Alarm.objects.values_list("problem", flat=True))
    new = [problem for problem in found if problem.name not in known]
    if new:
        _tell(new)


def _tell(new: list[Problem]) -> None:
    """Note first that it is told: emails are queued with it, and a call that fails is no reason."""
    logger.error("alarm: %s", ", ".join(problem.name for problem in new))
    with transaction.atomic():
        Alarm.objects.bulk_create([Alarm(problem=problem.name) for problem in new])
        _queue_emails(new)
    of_mail = [problem for problem in new if problem.is_of_mail]
    if of_mail and settings.ALARM_URL:
        _call(of_mail)


def _queue_emails(new: list[Problem]) -> None:
    lines = [f"- {problem.words}" for problem in new]
    where = f"{settings.BASE_URL}{reverse('health')}"
    text = "\n".join([_("Your website needs attention:"), "", *lines, "", where])
    for owner in User.objects.with_perm(SEE_HEALTH, include_superusers=False).exclude(email=""):
        subject = _("Your website needs attention")
        queue_row(to=owner.email, subject=subject, text=text, html="", due_at=timezone.now())


def _call(found: list[Problem]) -> None:
    told = {
        "site": settings.BASE_URL,
        "problems": [{"name": problem.name, "words": str(problem.words)} for problem in found],
    }
    request = Request(  # noqa: S310 - the settings take http and https alone
        settings.ALARM_URL,
        json.dumps(told).encode(),
        {"Content-Type": "application/json"},
        method="POST",
    )
    with urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310
        answer.read(1)
