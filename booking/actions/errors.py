"""What may stand in the way of a change. Each leaves everything as it was."""

from collections.abc import Mapping
from datetime import datetime

from booking.models import Appointment
from booking.scheduling.slots import Slot


class StaleAppointment(Exception):
    """Somebody else has changed the appointment since it was read."""


class TransitionNotAllowed(Exception):
    """From the state that the appointment is in, no such transition leads on."""


class TimeIsPast(Exception):
    """An appointment cannot begin before now; the desk may enter what has begun today."""


class NoEmailAddress(Exception):
    """Whoever would be written to has no email address."""


class NotOffered(Exception):
    """Nobody works at that time, or not there, or not at that service, or it is too soon or late.

    Also raised for a time off the grid, one that the clocks skip, and a service that is hidden or
    booked by phone only.
    """


class JustTaken(Exception):
    """Somebody else was quicker. `nearest` are free times close to the wanted one."""

    def __init__(self, nearest: list[Slot] | None = None) -> None:
        super().__init__()
        self.nearest = nearest or []


class TimesGone(Exception):
    """Some times of a course cannot be had, so none is booked. `refused` says which, and why."""

    def __init__(self, refused: Mapping[datetime, Exception]) -> None:
        super().__init__()
        self.refused = refused


class AlreadyBooked(Exception):
    """The times of a course have been chosen already."""


class CannotUndo(Exception):
    """It is too long ago, not the desk's doing, or undone already."""


class TooLate(Exception):
    """So short before a visit the clinic asks for a call."""


class OfferGone(Exception):
    """The offered time is not held for this person any longer: answered, expired, or moot."""


class NotFree(Exception):
    """Time that is to be blocked is claimed already, by an appointment or another block."""


class AlreadyCalled(Exception):
    """Somebody else has called the patient and noted it."""


class AlreadySent(Exception):
    """The same form has made an appointment with other answers."""

    def __init__(self, appointment: Appointment) -> None:
        super().__init__()
        self.appointment = appointment


class ComesAlready(Exception):
    """This person has a seat of the class already, or waits for one."""

    def __init__(self, appointment: Appointment) -> None:
        super().__init__()
        self.appointment = appointment


class StaleSession(Exception):
    """Somebody else has changed the class date since it was read."""


class SeatsTaken(Exception):
    """There cannot be fewer seats than people who have one. `taken` says how many have."""

    def __init__(self, taken: int) -> None:
        super().__init__()
        self.taken = taken


class TooMany(Exception):
    """So many bookings have come from one place, or for one phone number or address."""


class StalePatient(Exception):
    """Somebody else has changed, merged or erased the record since it was read."""


class StillExpected(Exception):
    """A visit or request of somebody whose data is to be erased still stands."""


class StaleEntry(Exception):
    """Somebody else has just done something with this place on the waiting list."""
