"""What the worker does for appointments by the clock: a name, what is done, when it is due next."""

from booking.actions.holds import expire_due_holds
from booking.actions.reminders import create_calls_for_undelivered, remind_patients
from booking.actions.retention import delete_ended_drafts, delete_expired
from booking.actions.waiting_list import offer_freed_times
from clinic_site.jobs.periodic import every

JOBS = (
    ("expire held times", expire_due_holds, every(minutes=1)),
    ("offer freed times", offer_freed_times, every(minutes=1)),
    ("remind patients", remind_patients, every(minutes=1)),
    ("create calls for undelivered emails", create_calls_for_undelivered, every(minutes=1)),
    ("forget requests that were not sent", delete_ended_drafts, every(minutes=5)),
    ("forget what is over", delete_expired, every(days=1)),
)
