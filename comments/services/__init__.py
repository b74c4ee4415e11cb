"""Every change of a comment's state, one function each. None of these knows a request."""

from comments.rules import Closed
from comments.services.addresses import (
    NotSubscribed,
    confirm_reply_mails,
    unsubscribe,
)
from comments.services.changes import DecidedMeanwhile, TooLate, WrongState
from comments.services.decisions import (
    approve,
    approve_edit,
    mark_spam,
    redact,
    reject,
    reject_edit,
    reply_as_staff,
    requeue,
    undo,
    undoable,
)
from comments.services.replies import approve_and_reply
from comments.services.retention import delete_due, delete_due_addresses, send_digest
from comments.services.submission import (
    CannotAnswer,
    ThreadClosed,
    close_thread,
    closed,
    open_thread,
    submit_comment,
)
from comments.services.undoing import undo_event, undoable_by
from comments.services.writers import (
    LinkExpired,
    comment_of_link,
    edit_comment,
    erase,
    rotate_link,
    withdraw,
)

__all__ = [
    "CannotAnswer",
    "Closed",
    "DecidedMeanwhile",
    "LinkExpired",
    "NotSubscribed",
    "ThreadClosed",
    "TooLate",
    "WrongState",
    "approve",
    "approve_and_reply",
    "approve_edit",
    "close_thread",
    "closed",
    "comment_of_link",
    "confirm_reply_mails",
    "delete_due",
    "delete_due_addresses",
    "edit_comment",
    "erase",
    "mark_spam",
    "open_thread",
    "redact",
    "reject",
    "reject_edit",
    "reply_as_staff",
    "requeue",
    "rotate_link",
    "send_digest",
    "submit_comment",
    "undo",
    "undo_event",
    "undoable",
    "undoable_by",
    "unsubscribe",
    "withdraw",
]
