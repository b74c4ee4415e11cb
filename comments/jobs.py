"""What the worker does for comments by the clock: a name, what is done, and when it is due next."""

from clinic_site.jobs.periodic import every
from comments.actions.retention import delete_due, next_morning, send_digest

JOBS = (
    ("delete what is over of comments", delete_due, every(minutes=15)),
    ("tell moderators what waits", send_digest, next_morning),
)
