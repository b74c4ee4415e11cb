"""Deciding about one comment, and taking it back."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.log_actions import log

from clinic_site.accounts.models import User
from comments.actions import decisions, undo
from comments.actions.transitions import InvalidTransition, StaleComment, UndoExpired
from comments.admin.base import (
    QUEUE,
    ModerationAction,
    ModerationScreen,
    page_of,
    read_number,
    say_done,
    staff,
    where_next,
)
from comments.admin.cards import card_of
from comments.admin.labels import how_it_stands
from comments.models import Comment, CommentEvent

MOST_UNDONE = 100

ACTIONS: Mapping[str, Callable[..., None]] = {
    "approve": decisions.approve,
    "reject": decisions.reject,
    "spam": decisions.mark_spam,
    "requeue": decisions.requeue,
    "approve_edit": decisions.approve_edit,
    "reject_edit": decisions.reject_edit,
}
# What approving and rejecting mean for other words of an approved comment.
OF_AN_EDIT = {"approve": "approve_edit", "reject": "reject_edit"}


class NotDone(Exception):
    """The comment is not as it was seen."""


def decide(comment: Comment, decision: str, seen: int, *, by: User) -> CommentEvent:
    """Do as a moderator decided who saw version `seen`; return the line of history.

    Raises NotDone, changing nothing, if the comment has changed since.
    """
    if comment.state == Comment.State.APPROVED and hasattr(comment, "edit"):
        decision = OF_AN_EDIT.get(decision, decision)
    if comment.version != seen:
        raise NotDone
    try:
        ACTIONS[decision](comment, by=by)
    except (StaleComment, InvalidTransition) as error:
        raise NotDone from error
    return comment.events.latest("pk")


class DecideView(ModerationScreen):
    """Takes a button below a comment. Opened from an email, it shows that one alone."""

    http_method_names = ["get", "head", "post"]
    template_name = "comments/admin/decide.html"
    comment: Comment

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        asked = request.GET.get("decision", "")
        if asked not in ACTIONS:
            return HttpResponseRedirect(reverse(QUEUE))
        comments = Comment.objects.select_related("page", "parent", "edit")
        self.comment = get_object_or_404(comments, pk=kwargs["pk"])
        card = card_of(self.comment)
        meant = {asked, OF_AN_EDIT.get(asked)}
        button = next((each for each in card.buttons if each.decision in meant), None)
        if button is None or read_number(request.GET.get("version", "")) != self.comment.version:
            return show_as_it_stands(request, self.comment)
        log(self.comment, "comments.view", user=request.user)
        context = {"card": card, "comment": self.comment, "button": button}
        return self.render_to_response(self.get_context_data(**context))

    def get_page_title(self) -> str:
        return _("Comment by %(name)s") % {"name": self.comment.name}

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        comment = get_object_or_404(Comment.objects.select_related("edit"), pk=pk)
        decision = request.POST.get("decision", "")
        seen = read_number(request.POST.get("version", ""))
        if decision not in ACTIONS or seen is None:
            return HttpResponseRedirect(page_of(comment))
        try:
            event = decide(comment, decision, seen, by=staff(request))
        except NotDone:
            return show_as_it_stands(request, comment)
        words = _("Comment by %(name)s: %(what)s.") % {
            "name": comment.name,
            "what": event.get_event_type_display(),
        }
        say_done(request, words, event)
        return HttpResponseRedirect(where_next(request))


def show_as_it_stands(request: HttpRequest, comment: Comment) -> HttpResponse:
    """Say that somebody was first, and lead to the comment as it is now."""
    last = comment.events.select_related("by").order_by("-pk").first()
    messages.warning(
        request,
        _("Nothing was done. This comment has changed since you opened it.")
        + " "
        + how_it_stands(last, staff(request)),
    )
    return HttpResponseRedirect(page_of(comment))


class UndoView(ModerationAction):
    """Takes back decisions, each named by its line of history."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        named = [read_number(event) for event in request.POST.getlist("event")[:MOST_UNDONE]]
        events = CommentEvent.objects.filter(pk__in=[pk for pk in named if pk is not None])
        undone, late = 0, 0
        for event in events.select_related("comment"):
            try:
                undo.undo_event(event, by=staff(request))
            except (UndoExpired, StaleComment):
                late += 1
            else:
                undone += 1
        if undone:
            messages.success(request, _("Undone. Your decision is back to what it was."))
        if late or not undone:
            messages.warning(
                request,
                _(
                    "This can’t be undone. Time is up, or someone has done something else with it "
                    "since. You can still decide again on its page."
                ),
            )
        return HttpResponseRedirect(where_next(request))
