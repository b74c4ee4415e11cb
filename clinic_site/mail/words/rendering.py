"""An email with its facts filled in: subject, text and HTML say the same words."""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from clinic_site.clinic.current import read_clinic
from clinic_site.mail.colors import email_colors
from clinic_site.mail.words.filling import fill_html, fill_text, paragraphs_of
from clinic_site.mail.words.registry import Context, EditableEmail
from clinic_site.mail.words.stored import current_words

GAPS = re.compile(r"\n{3,}")  # what a part that is not there leaves between its neighbors


class RenderedEmail(NamedTuple):
    subject: str
    text: str
    html: str


class Wording:
    """What the templates of one email print by `{% say %}` and `{% paragraph %}`."""

    def __init__(self, email: EditableEmail, words: Mapping[str, str], context: Context) -> None:
        self.words, self.context = words, context
        self.chips = {chip.name: chip for chip in email.chips}

    def in_text(self, part: str) -> str:
        return fill_text(self.words[part], self._fact)

    def in_html(self, part: str) -> SafeString:
        return fill_html(self.words[part], self._fact_in_html)

    def paragraphs_in_html(self, part: str) -> SafeString:
        """Return a paragraph for each, and nothing for an empty part."""
        texts = paragraphs_of(self.words[part])
        drawn = (fill_html(text, self._fact_in_html) for text in texts)
        return format_html_join("\n", "<p>{}</p>", ((text,) for text in drawn))

    def _fact(self, name: str) -> str:
        return self.chips[name].value(self.context)

    def _fact_in_html(self, name: str) -> str:
        return self.chips[name].html(self._fact(name))


def render_email(
    email: EditableEmail, context: dict[str, Any], words: Mapping[str, str] | None = None
) -> RenderedEmail:
    """Draw an email by its templates; `words` are others than those that hold, for a preview."""
    context = {
        "clinic": read_clinic(),
        "base_url": settings.BASE_URL,
        "colors": email_colors(),
        **context,
    }
    wording = Wording(email, current_words(email).words if words is None else words, context)
    context["wording"] = wording
    context["subject"] = _subject(email, wording, context)
    text = render_to_string(f"{email.template}.txt", context | {"as_html": False})
    return RenderedEmail(
        subject=context["subject"],
        text=GAPS.sub("\n\n", text.strip()),
        html=render_to_string(f"{email.template}.html", context | {"as_html": True}),
    )


def _subject(email: EditableEmail, wording: Wording, context: Context) -> str:
    """Return it on one line, whatever a title says: an email with two would never leave."""
    part = email.subject_part(context)
    # What stands for all emails has no subject.
    said = wording.in_text(part) if part in wording.words else str(email.title)
    return " ".join(said.split())
