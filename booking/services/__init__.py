"""Every change of an appointment and of the time that is taken. None of these knows a request."""

from booking.links import find_appointment, issue_link, revoke_links
from booking.services.answers import (
    accept_proposal,
    confirm_appointment,
    decline_appointment,
    expire_due_holds,
    propose_times,
)
from booking.services.busy_times import Imported, import_busy_times
from booking.services.calendar import (
    block_time,
    change_closure,
    create_closure,
    hit_by,
    list_calls,
    unblock_time,
)
from booking.services.calls import mark_called
from booking.services.errors import (
    AlreadyCalled,
    JustTaken,
    NotFree,
    NotOffered,
    OfferGone,
    StaleAppointment,
    TimeIsPast,
    TooLate,
    TooMany,
    WrongState,
)
from booking.services.feeds import feed_entries, find_feed, open_feed, revoke_feed
from booking.services.forgetting import forget_what_is_over
from booking.services.limits import within_limits
from booking.services.moves import MOVES, moves_from
from booking.services.reminders import remind_patients, ring_for_lost_letters
from booking.services.requests import Contact, book_time, request_appointment
from booking.services.visits import (
    cancel_appointment,
    cancel_by_patient,
    mark_arrived,
    mark_completed,
    mark_no_show,
    may_cancel,
    may_move,
    move_appointment,
)
from booking.services.waiting_list import (
    accept_offer,
    decline_offer,
    find_offer,
    join_waiting_list,
    leave_waiting_list,
    offer_freed_times,
)

__all__ = [
    "MOVES",
    "AlreadyCalled",
    "Contact",
    "Imported",
    "JustTaken",
    "NotFree",
    "NotOffered",
    "OfferGone",
    "StaleAppointment",
    "TimeIsPast",
    "TooLate",
    "TooMany",
    "WrongState",
    "accept_offer",
    "accept_proposal",
    "block_time",
    "book_time",
    "cancel_appointment",
    "cancel_by_patient",
    "change_closure",
    "confirm_appointment",
    "create_closure",
    "decline_appointment",
    "decline_offer",
    "expire_due_holds",
    "feed_entries",
    "find_appointment",
    "find_feed",
    "find_offer",
    "forget_what_is_over",
    "hit_by",
    "import_busy_times",
    "issue_link",
    "join_waiting_list",
    "leave_waiting_list",
    "list_calls",
    "mark_arrived",
    "mark_called",
    "mark_completed",
    "mark_no_show",
    "may_cancel",
    "may_move",
    "move_appointment",
    "moves_from",
    "offer_freed_times",
    "open_feed",
    "propose_times",
    "remind_patients",
    "request_appointment",
    "revoke_feed",
    "revoke_links",
    "ring_for_lost_letters",
    "unblock_time",
    "within_limits",
]
