"""Comments, and apart from them the addresses of those who wrote them.

Public code reads `Comment` alone. The address is no column of it, so no template,
serializer, feed or `values()` can print one by mistake.
"""

from comments.models.comment import Comment
from comments.models.commenter import Commenter, PrivateLink, ReplyNotice, same_mailbox
from comments.models.drafts import CommentDraft
from comments.models.history import UNDO_FOR, CommentEdit, CommentEvent, UndoSnapshot
from comments.models.moderation import CannedReply, ClosedThread, CommentRules, SpamToken

__all__ = [
    "UNDO_FOR",
    "CannedReply",
    "ClosedThread",
    "Comment",
    "CommentDraft",
    "CommentEdit",
    "CommentEvent",
    "CommentRules",
    "Commenter",
    "PrivateLink",
    "ReplyNotice",
    "SpamToken",
    "UndoSnapshot",
    "same_mailbox",
]
