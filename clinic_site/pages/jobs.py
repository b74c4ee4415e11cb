"""What the worker does for pages by the clock: a name, what is done, and when it is due next."""

from clinic_site.jobs.periodic import every
from clinic_site.pages.scheduled_publishing import publish_scheduled

JOBS = (("publish scheduled pages", publish_scheduled, every(seconds=15)),)
