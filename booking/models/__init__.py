"""What the clinic offers, who asked for which of it when, and which time is taken.

Instants are UTC. Days and hours without a date are wall time at the location.
"""

from booking.models.appointment_emails import AppointmentEmail
from booking.models.appointments import Appointment, Wish
from booking.models.call_tasks import CallTask
from booking.models.catalog import Service, ServiceAssignment
from booking.models.claims import BlockedTime, BusyTime, Claim, ProposedTime
from booking.models.drafts import BookingDraft
from booking.models.events import AppointmentEvent
from booking.models.manage_links import ManageLink, ReturnCode
from booking.models.practitioners import CalendarFeed, Practitioner, WeeklyHours
from booking.models.rules import BookingRules
from booking.models.service_pages import ServicePage, ServicesPage
from booking.models.waiting_list import FreedTime, WaitingListEntry, WaitingListOffer

__all__ = [
    "Appointment",
    "AppointmentEmail",
    "AppointmentEvent",
    "BlockedTime",
    "BookingDraft",
    "BookingRules",
    "BusyTime",
    "CalendarFeed",
    "CallTask",
    "Claim",
    "FreedTime",
    "ManageLink",
    "Practitioner",
    "ProposedTime",
    "ReturnCode",
    "Service",
    "ServiceAssignment",
    "ServicePage",
    "ServicesPage",
    "WaitingListEntry",
    "WaitingListOffer",
    "WeeklyHours",
    "Wish",
]
