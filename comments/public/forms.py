"""What people type below a page, and what its writer types to change it."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from clinic_site.forms.fields import EmailField, NameField, TextField
from clinic_site.forms.public_form import PublicForm
from comments.models import Comment


class WordsField(TextField):
    """The words of a comment. Browsers set no limit: they would cut what is pasted, unasked."""

    def __init__(self, **kwargs: Any) -> None:
        defaults = {
            "label": _("Comment"),
            "max_length": Comment._meta.get_field("text").max_length,
            "widget": forms.Textarea(attrs={"rows": 6}),
            "error_messages": {"required": _("Please write your comment.")},
            "help_text": _(
                "Anyone can read it, so please leave out medical details, yours or anyone "
                "else’s. Up to 5,000 characters."
            ),
        }
        super().__init__(**defaults | kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        attrs = super().widget_attrs(widget)
        attrs.pop("maxlength", None)
        return attrs


class HoneypotField(forms.CharField):
    """A field that people neither see nor hear of; programs fill it in."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("Leave this empty"),
            required=False,
            empty_value="",
            widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
            **kwargs,
        )
        self.template_name = "comments/includes/honeypot.html"


class CommentForm(PublicForm):
    """A comment below a page, or an answer to one of its comments."""

    purpose = "comment"

    # What is answered; empty for the page itself.
    parent = forms.ModelChoiceField(
        Comment.objects.none(),
        required=False,
        widget=forms.HiddenInput,
        error_messages={
            "invalid_choice": _(
                "The comment you replied to is no longer here. What you wrote is still "
                "here: send it again to post it as a comment of its own."
            )
        },
    )
    name = NameField(
        label=_("Name"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Please enter a name. It doesn’t have to be your real one.")},
    )
    email = EmailField(
        label=_("Email"),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
        error_messages={
            "required": _("Please enter your email address. We won’t publish it."),
            "invalid": _("Please enter an email address, like name@example.com."),
        },
        help_text=_(
            "Never published. We delete it once we’ve decided about your comment and "
            "emailed you, unless you want to hear about replies."
        ),
    )
    text = WordsField()
    wants_replies = forms.BooleanField(
        label=_("Email me when someone replies"),
        required=False,
        help_text=_("We’ll email you first to confirm. You can unsubscribe with one click."),
    )
    wants_link = forms.BooleanField(
        label=_("Email me a private link"),
        required=False,
        help_text=_("Use it to edit, withdraw or erase your comment."),
    )
    website = HoneypotField()

    def __init__(self, *args: Any, page: Page, **kwargs: Any) -> None:
        super().__init__(*args, about=page.pk, **kwargs)
        parent = cast(forms.ModelChoiceField, self.fields["parent"])
        parent.queryset = Comment.objects.approved().filter(page=page.pk)
        self.helper.required_note = _(
            "Your email address will not be published. Required fields are marked *"
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.errors.pop("parent", None):
            self.answers_nothing_that_is_here()
        return cleaned

    def answers_nothing_that_is_here(self) -> None:
        """Say so, and show the form again as one that answers the page itself."""
        self.data = {**dict(self.data.items()), self.add_prefix("parent"): ""}
        self.add_error("parent", self.fields["parent"].error_messages["invalid_choice"])


class EditForm(PublicForm):
    """Other words for a comment. Its `about` is the comment's number."""

    purpose = "comment edit"

    text = WordsField(label=_("Your words"))
