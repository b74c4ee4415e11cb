"""What an email says, with its facts; see `clinic_site.mail.words`.

`{% say "calendar" %}` is a part within a line of the template's, `{% paragraph "opening" %}` stands
alone, and leaves nothing behind if its words are empty.
"""

from django import template
from django.template import Context

from clinic_site.mail.words.rendering import Wording

register = template.Library()


@register.simple_tag(takes_context=True)
def say(context: Context, part: str) -> str:
    wording: Wording = context["wording"]
    return wording.in_html(part) if context["as_html"] else wording.in_text(part)


@register.simple_tag(takes_context=True)
def paragraph(context: Context, part: str) -> str:
    wording: Wording = context["wording"]
    return wording.paragraphs_in_html(part) if context["as_html"] else wording.in_text(part)
