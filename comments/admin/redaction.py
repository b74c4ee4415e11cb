"""Leaving out a part of a comment."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clinic_site.forms.fields import TextField
from comments.actions import decisions
from comments.actions.transitions import InvalidTransition, StaleComment
from comments.admin.base import ModerationScreen, say_done, staff, where_next
from comments.admin.cards import OFFERED
from comments.admin.decisions import show_as_it_stands
from comments.models import Comment
from comments.moderation.redaction import MARK, only_leaves_out


class RedactForm(forms.Form):
    """What is to stay. It can only lose words, each gap with the mark."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)
    text = TextField(
        label=gettext_lazy("What stays"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 12, "data-redact": MARK}),
        help_text=gettext_lazy(
            "Replace each part that has to go with […]. You can’t change or add words. You can "
            "undo this for 15 minutes. After that, what you removed is deleted."
        ),
        error_messages={
            "required": gettext_lazy("There’d be nothing left. Reject the comment instead."),
        },
    )

    def __init__(self, data: Any = None, *, comment: Comment) -> None:
        super().__init__(data, initial={"version": comment.version, "text": comment.text})
        self.comment = comment

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if text == self.comment.text:
            raise ValidationError(_("Nothing is removed yet."))
        if not only_leaves_out(self.comment.text, text):
            raise ValidationError(
                _(
                    "This changes or adds words. Please put […] for each part you remove, and "
                    "leave the rest exactly as it is."
                )
            )
        if not text.replace(MARK, "").strip():
            raise ValidationError(_("There’d be nothing left. Reject the comment instead."))
        return text


class RedactView(ModerationScreen):
    template_name = "comments/admin/redact.html"
    page_title = gettext_lazy("Remove part")
    header_icon = "edit"
    comment: Comment
    form: RedactForm

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.comment = get_object_or_404(Comment, pk=kwargs["pk"])
        if self.comment.state not in OFFERED:
            return show_as_it_stands(request, self.comment)
        self.form = RedactForm(comment=self.comment)
        return self.render_to_response(self.get_context_data(**kwargs))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.comment = get_object_or_404(Comment, pk=kwargs["pk"])
        self.form = RedactForm(request.POST, comment=self.comment)
        seen = self.form.data.get("version", "")
        if seen != str(self.comment.version):
            return show_as_it_stands(request, self.comment)
        if not self.form.is_valid():
            return self.render_to_response(self.get_context_data(**kwargs))
        try:
            decisions.redact(self.comment, text=self.form.cleaned_data["text"], by=staff(request))
        except (StaleComment, InvalidTransition):
            return show_as_it_stands(request, self.comment)
        say_done(request, _("That part is removed."), self.comment.events.latest("pk"))
        return HttpResponseRedirect(where_next(request))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "comment": self.comment,
            "form": self.form,
            "mark": MARK,
            "next": where_next(self.request),
        }
