"""The periodic jobs of pages."""

from clinic_site.jobs import periodic
from clinic_site.pages.scheduled_publishing import publish_scheduled


def register_jobs() -> None:
    periodic.register_job("publish scheduled pages", publish_scheduled, periodic.every(minutes=1))
