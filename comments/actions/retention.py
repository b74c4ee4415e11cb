"""What is deleted because its time is over. The worker does it by the clock."""

from datetime import datetime, timedelta

from django.utils import timezone

from comments import emails
from comments.actions.by_commenter import erase
from comments.actions.transitions import StaleComment, State
from comments.models import (
    Comment,
    CommentDraft,
    Commenter,
    CommentRules,
    PrivateLink,
    UndoSnapshot,
)
from comments.queue import waiting_counts

# So many rows in one round, so that the worker never holds the database for long.
AT_ONCE = 500


def delete_due_addresses(now: datetime) -> int:
    """Delete the addresses that nobody needs any more at `now`; return how many."""
    due = Commenter.objects.due_for_deletion(now).values_list("pk", flat=True)[:AT_ONCE]
    return Commenter.objects.filter(pk__in=list(due)).delete()[1].get("comments.Commenter", 0)


def delete_due(now: datetime) -> None:
    """Delete addresses, links, drafts and kept words when time is over; refused comments' words."""
    delete_due_addresses(now)
    PrivateLink.objects.spent(now).delete()
    CommentDraft.objects.ended(now).delete()
    UndoSnapshot.objects.filter(delete_at__lte=now).delete()
    before = now - timedelta(days=CommentRules.load().keep_refused_days)
    refused = [State.REJECTED, State.SPAM, State.WITHDRAWN]
    for comment in Comment.objects.filter(state__in=refused, decided_at__lte=before)[:AT_ONCE]:
        try:
            erase(comment)
        except StaleComment:  # somebody takes it up just now; the next round looks again
            continue


def send_digest(now: datetime) -> None:
    """Write to the moderators how many comments wait, if any do and they want it daily."""
    rules = CommentRules.load()
    if rules.notify == CommentRules.Notify.DAILY:
        waiting = waiting_counts()
        if waiting.to_read or waiting.likely_spam:
            emails.comments_waiting(waiting, rules)


def next_morning(now: datetime) -> datetime:
    """Return the next eight o'clock by the site's clock."""
    local = timezone.localtime(now)
    today = local.replace(hour=8, minute=0, second=0, microsecond=0, fold=0)
    if local < today:
        return today
    tomorrow = local.date() + timedelta(days=1)
    zone = timezone.get_default_timezone()
    return datetime(tomorrow.year, tomorrow.month, tomorrow.day, 8, tzinfo=zone)
