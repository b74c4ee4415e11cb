"""The periodic jobs of articles."""

from blog.related import relate_articles
from blog.reminders import remind_owners
from clinic_site.jobs import periodic


def register_jobs() -> None:
    periodic.register_job("remind of reviews", remind_owners, periodic.monthly)
    periodic.register_job(
        "relate articles", relate_articles, periodic.every(minutes=1), takes_long=True
    )
