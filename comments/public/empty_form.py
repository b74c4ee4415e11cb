"""The form for a comment as nobody has filled it in yet: drawn once for all pages."""

from crispy_forms.utils import render_crispy_form
from django.core.cache import caches
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from wagtail.models import Page

from comments.public.forms import CommentForm

TOKEN_GOES_HERE = "form-token-goes-here"  # noqa: S105


def empty_form(page: int) -> SafeString:
    """Return the fields of the form below `page`, with a form token of its own."""
    kept, name = caches["facts"], f"comments.empty_form.{get_language()}"
    drawn: str | None = kept.get(name)
    if drawn is None:
        drawn = _draw()
        kept.set(name, drawn)
    # Safe: a form token is letters and digits.
    return mark_safe(drawn.replace(TOKEN_GOES_HERE, CommentForm.form_token_for(page)))  # noqa: S308


def _draw() -> str:
    form = CommentForm(page=Page())
    form.fields["form_token"].initial = TOKEN_GOES_HERE
    drawn: str = render_crispy_form(form)
    return drawn
