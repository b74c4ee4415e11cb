"""What the clinic offers, who asked for which of it when, and which time is taken.

Instants are UTC. Days and hours without a date are wall time at the location.
"""

from booking.models.appointment_emails import AppointmentEmail, NextVisitEmail
from booking.models.appointments import Appointment
from booking.models.call_tasks import CallTask
from booking.models.catalog import Service, ServiceAssignment
from booking.models.claims import BlockedTime, BusyTime, Claim, ProposedTime
from booking.models.classes.schedules import ClassSchedule
from booking.models.classes.sessions import ClassSession, Seat
from booking.models.courses.courses import Course, CourseInvitation
from booking.models.drafts import BookingDraft
from booking.models.events import AppointmentEvent
from booking.models.manage_links import ManageLink, ReturnCode
from booking.models.patients import BookedBy, Patient, PatientEvent
from booking.models.practitioners import CalendarFeed, Practitioner, WeeklyHours
from booking.models.rules import BookingRules
from booking.models.search_terms import SearchTerm
from booking.models.service_pages import ServicePage, ServicesPage
from booking.models.snapshots import UNDO_FOR, AppointmentSnapshot
from booking.models.waiting_list import (
    FreedTime,
    WaitingListEntry,
    WaitingListEvent,
    WaitingListOffer,
)
from booking.parts_of_day import Wish

__all__ = [
    "UNDO_FOR",
    "Appointment",
    "AppointmentEmail",
    "AppointmentEvent",
    "AppointmentSnapshot",
    "BlockedTime",
    "BookedBy",
    "BookingDraft",
    "BookingRules",
    "BusyTime",
    "CalendarFeed",
    "CallTask",
    "Claim",
    "ClassSchedule",
    "ClassSession",
    "Course",
    "CourseInvitation",
    "FreedTime",
    "ManageLink",
    "NextVisitEmail",
    "Patient",
    "PatientEvent",
    "Practitioner",
    "ProposedTime",
    "ReturnCode",
    "SearchTerm",
    "Seat",
    "Service",
    "ServiceAssignment",
    "ServicePage",
    "ServicesPage",
    "WaitingListEntry",
    "WaitingListEvent",
    "WaitingListOffer",
    "WeeklyHours",
    "Wish",
]
