from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clinic_site.forms import EmailField, NameField, PublicForm, TextField


class CommentForm(PublicForm):
    """A reply below a page. Its `about` is the page's id."""

    purpose = "comment"

    name = NameField(
        label=_("Name"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Please give a name, your own or another.")},
    )
    email = EmailField(
        label=_("Email"),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
        error_messages={
            "required": _("Please give your email address. It is not published."),
            "invalid": _("Please give an email address such as name@example.com."),
        },
    )
    text = TextField(
        label=_("Comment"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Please write your comment.")},
        help_text=_("Everybody can read it. Please leave out what only your doctor should know."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper.required_note = _(
            "Your email address will not be published. Required fields are marked *"
        )
