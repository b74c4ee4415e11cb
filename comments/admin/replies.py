"""Answers by the clinic, with a second look before one could reveal a patient."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.views.generic import EditView

from clinic_site.accounts.models import User
from clinic_site.admin.edit_conflicts import EditConflictMixin
from clinic_site.admin.viewsets import UnreferencedViewSet
from clinic_site.clinic.current import read_clinic
from clinic_site.clinic.models.people import Person
from clinic_site.forms.fields import NameField, TextField
from comments.actions import staff_replies
from comments.actions.transitions import InvalidTransition, StaleComment
from comments.admin.base import CONFLICT, ModerationScreen, read_number, say_done, staff, where_next
from comments.admin.cards import Card, cards
from comments.admin.labels import State
from comments.models import CannedReply, Comment
from comments.models.comment import new_key
from comments.moderation import disclosures
from comments.queue import QueueEntry

KEY = r"^[0-9a-f]{32}$"


class ReplyForm(forms.Form):
    """An answer. Its `key` makes the same form sent twice one answer."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)
    key = forms.RegexField(KEY, widget=forms.HiddenInput)
    sure = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    text = TextField(
        label=gettext_lazy("Your reply"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy(
            "Anyone can read it. Say what’s true for anyone, as if you’d never met."
        ),
        error_messages={"required": gettext_lazy("Please write your reply.")},
    )
    name = NameField(
        label=gettext_lazy("Name shown"),
        max_length=80,
        help_text=gettext_lazy("Readers see “from the clinic” next to it."),
        error_messages={"required": gettext_lazy("Please enter a name, yours or the clinic’s.")},
    )


class ReplyView(ModerationScreen):
    """Writes an answer; one that could reveal a patient is shown again with a warning first."""

    template_name = "comments/admin/reply.html"
    page_title = gettext_lazy("Reply for the clinic")
    header_icon = "comment-add"
    comment: Comment
    form: ReplyForm
    found: list[disclosures.Disclosure] = []

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.comment = self.read()
        name = _name_for_readers(staff(request))
        first = {"version": self.comment.version, "key": new_key(), "name": name}
        self.form = ReplyForm(initial=first)
        return self.show()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.comment = self.read()
        self.form = ReplyForm(request.POST)
        if ready := request.POST.get("ready"):
            return self.put_in(ready)
        if not self.form.is_valid():
            messages.error(request, _("The reply wasn’t published. Please see below."))
            return self.show()
        said = self.form.cleaned_data
        self.found = disclosures.found(f"{said['text']}\n{said['name']}", self.names())
        if self.found and not constant_time_compare(said["sure"], about(said["text"], self.found)):
            return self.ask_again()
        return self.publish(said)

    def publish(self, said: dict[str, Any]) -> HttpResponse:
        known = Comment.objects.filter(idempotency_key=said["key"]).exists()
        if said["version"] != self.comment.version and not known:
            return self.show_meanwhile()
        try:
            answer = staff_replies.approve_and_reply(
                self.comment,
                text=said["text"],
                name=said["name"],
                idempotency_key=said["key"],
                by=staff(self.request),
            )
        except (StaleComment, InvalidTransition):
            return self.show_meanwhile()
        words = _("Your reply to %(name)s is published.") % {"name": self.comment.name}
        say_done(self.request, words, answer.events.latest("pk"))
        return HttpResponseRedirect(where_next(self.request))

    def put_in(self, ready: str) -> HttpResponse:
        """Put a saved reply below what was typed."""
        reply = CannedReply.objects.filter(pk=read_number(ready) or 0).first()
        data = self.request.POST.copy()
        if reply is not None:
            data["text"] = f"{data.get('text', '').strip()}\n\n{reply.text}".strip()
        self.form = ReplyForm(initial=data.dict())
        return self.show()

    def ask_again(self) -> HttpResponse:
        data = self.request.POST.copy()
        data["sure"] = about(self.form.cleaned_data["text"], self.found)
        self.form = ReplyForm(data)
        return self.show()

    def show_meanwhile(self) -> HttpResponse:
        """Keep what was typed, in a form that goes with the comment as it is now."""
        self.comment = self.read()
        data = self.request.POST.copy()
        data["version"] = str(self.comment.version)
        self.form = ReplyForm(data)
        self.found = []
        messages.warning(
            self.request,
            _(
                "This comment has changed since you opened it. Your reply is still here. "
                "Please check it again."
            ),
        )
        return self.show(CONFLICT)

    def show(self, status: int = 200) -> HttpResponse:
        return self.render_to_response(self.get_context_data(), status=status)

    def read(self) -> Comment:
        comments = Comment.objects.select_related("parent", "page")
        return get_object_or_404(comments, pk=self.kwargs["pk"])

    def names(self) -> list[str]:
        above = self.comment.parent
        return [self.comment.name, above.name if above else ""]

    def card(self) -> Card:
        return cards([QueueEntry(self.comment)])[0]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "card": self.card(),
            "comment": self.comment,
            "form": self.form,
            "found": self.found,
            "waits": self.comment.state == State.PENDING,
            "can_be_answered": self.comment.state in {State.PENDING, State.APPROVED},
            "ready": CannedReply.objects.all(),
            "next": where_next(self.request),
        }


def about(text: str, found: list[disclosures.Disclosure]) -> str:
    """Return a code for exactly this text: another one is asked about anew."""
    return salted_hmac("comments.moderation.disclosures", f"{len(found)}\n{text}").hexdigest()


class CannedReplyEditView(EditConflictMixin, EditView):
    pass


class CannedReplyViewSet(UnreferencedViewSet):
    model = CannedReply
    edit_view_class = CannedReplyEditView
    name = "ready_replies"
    url_prefix = "comments/ready-replies"
    icon = "clipboard-list"
    list_display = ["title", "text"]
    list_export: list[str] = []


def _name_for_readers(user: User) -> str:
    """Return the name of the person whose account it is, or the clinic's."""
    person = Person.objects.filter(account=user).first()
    return person.name if person is not None else read_clinic().name
