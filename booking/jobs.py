"""What the worker does for appointments by the clock: a name, what is done, when it is due next."""

from booking.actions.classes.schedules import make_class_dates
from booking.actions.classes.waiting import offer_free_seats
from booking.actions.courses.last_visits import call_before_last_visit
from booking.actions.holds import expire_due_holds
from booking.actions.personal_data.retention import (
    delete_ended_drafts,
    delete_expired,
    delete_old_snapshots,
)
from booking.actions.reminders import (
    create_calls_for_undelivered,
    invite_to_next_visit,
    remind_patients,
)
from booking.actions.waiting_list import offer_freed_times
from clinic_site.jobs.periodic import every

JOBS = (
    ("expire held times", expire_due_holds, every(minutes=1)),
    ("offer freed times", offer_freed_times, every(minutes=1)),
    ("offer free seats", offer_free_seats, every(minutes=1)),
    ("make the dates of classes", make_class_dates, every(minutes=30)),
    ("remind patients", remind_patients, every(minutes=1)),
    ("invite to the next visit", invite_to_next_visit, every(minutes=1)),
    ("call before the last visit of a course", call_before_last_visit, every(minutes=1)),
    ("create calls for undelivered emails", create_calls_for_undelivered, every(minutes=1)),
    ("forget requests that were not sent", delete_ended_drafts, every(minutes=5)),
    ("forget what cannot be undone", delete_old_snapshots, every(minutes=5)),
    ("forget what is over", delete_expired, every(days=1)),
)
