"""What the worker does for comments by the clock."""

from clinic_site.jobs import periodic
from comments.actions import retention


def register_jobs() -> None:
    periodic.register_job(
        "delete what is over of comments", retention.delete_due, periodic.every(minutes=15)
    )
    periodic.register_job(
        "tell moderators what waits", retention.send_digest, retention.next_morning
    )
