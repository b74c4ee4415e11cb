"""The queue: what waits, the oldest first, each with all that is needed to decide."""

from contextlib import suppress
from itertools import zip_longest
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages

from comments.actions.undo import undoable_by
from comments.admin.base import (
    QUEUE,
    QUEUE_TITLE,
    ModerationAction,
    ModerationScreen,
    read_number,
    say_done,
    staff,
    where_next,
)
from comments.admin.cards import APPROVE, REJECT, SPAM, cards
from comments.admin.decisions import NotDone, decide
from comments.admin.labels import number
from comments.models import UNDO_FOR, Comment, CommentEvent
from comments.queue import Position, QueueKind, page_of_queue, waiting_counts

MOST_AT_ONCE = 100


class QueueView(ModerationScreen):
    template_name = "comments/admin/queue.html"
    page_title = QUEUE_TITLE

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = self.request.GET
        spam = asked.get("show") == QueueKind.LIKELY_SPAM
        kind = QueueKind.LIKELY_SPAM if spam else QueueKind.TO_READ
        after = Position.read(asked.get("after", ""))
        entries, following = page_of_queue(kind, after)
        waiting = waiting_counts()
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "cards": self.cards(entries),
            "kinds": [
                (QueueKind.TO_READ, number(waiting.to_read), kind is QueueKind.TO_READ),
                (QueueKind.LIKELY_SPAM, number(waiting.likely_spam), kind is QueueKind.LIKELY_SPAM),
            ],
            "kind": kind,
            "after": after,
            "following": following,
            "here": self.request.get_full_path(),
            "undoable": undoable_by(staff(self.request), timezone.now()),
            "undo_minutes": UNDO_FOR.seconds // 60,
            "bulk_buttons": (APPROVE, REJECT, SPAM),
        }

    def cards(self, entries: list[Any]) -> list[Any]:
        """Return the cards; each leads on to the next one when it is decided."""
        found = cards(entries)
        here = self.request.get_full_path()
        for card, following in zip_longest(found, found[1:]):
            card.next_url = f"{here}#{following.anchor}-section" if following else here
        return found


class BulkView(ModerationAction):
    """One decision about several comments, each as it was seen, whatever becomes of the others."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        chosen = [read_choice(choice) for choice in request.POST.getlist("chosen")[:MOST_AT_ONCE]]
        versions = {choice[0]: choice[1] for choice in chosen if choice is not None}
        decision = request.POST.get("decision", "")
        if decision not in {button.decision for button in (APPROVE, REJECT, SPAM)}:
            return HttpResponseRedirect(reverse(QUEUE))
        if not versions:
            messages.warning(request, _("Nothing was selected. Check the comments you mean."))
            return HttpResponseRedirect(where_next(request))
        done: list[CommentEvent] = []
        for comment in Comment.objects.filter(pk__in=versions).order_by("pk"):
            with suppress(NotDone):
                done.append(decide(comment, decision, versions[comment.pk], by=staff(request)))
        self.say(done, others=len(versions) - len(done))
        return HttpResponseRedirect(where_next(request))

    def say(self, done: list[CommentEvent], *, others: int) -> None:
        if done:
            words = ngettext(
                "%(count)s comment: %(what)s.", "%(count)s comments: %(what)s.", len(done)
            )
            what = ", ".join(sorted({str(event.get_event_type_display()) for event in done}))
            say_done(self.request, words % {"count": len(done), "what": what}, *done)
        if others:
            messages.warning(
                self.request,
                ngettext(
                    "%(count)s comment was left alone because someone else decided or changed it.",
                    "%(count)s comments were left alone because someone else decided or changed "
                    "them.",
                    others,
                )
                % {"count": others},
            )


def read_choice(written: str) -> tuple[int, int] | None:
    """Return the comment and the version that a ticked box names, or None."""
    pk, _colon, version = written.partition(":")
    numbers = read_number(pk), read_number(version)
    return None if None in numbers else numbers  # type: ignore[return-value]
