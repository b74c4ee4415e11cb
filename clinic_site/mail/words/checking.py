"""What is wrong with words that somebody would have in an email, in a sentence each."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from clinic_site.mail.words.filling import chips_in, first_tag, stray_brace, token
from clinic_site.mail.words.registry import EditableEmail, EmailPart


def faults_of(
    words: str, email: EditableEmail, part: EmailPart, *, day_in_subjects: bool
) -> Iterator[str]:
    """Yield nothing if the words will do. They are those of `part`, their chips tidy."""
    yield from _faults_of_form(words, part)
    chips = email.chips_of(part, day_in_subjects=day_in_subjects)
    for name in dict.fromkeys(chips_in(words)):
        if name not in chips:
            yield _unknown(name, [chip.token for chip in chips.values()])
    if part.required and not words:
        yield _("This can’t be empty: without it, people wouldn’t know what the email is about.")
    for name in part.needs if words else ():
        if name not in chips_in(words):
            yield _("Please keep %(fact)s: people need it.") % {"fact": token(name)}


def _faults_of_form(words: str, part: EmailPart) -> Iterator[str]:
    if part.kind.is_line and "\n" in words:
        yield _("Please write this on one line.")
    if len(words) > part.kind.most:
        lengths = {"length": len(words), "most": part.kind.most}
        yield _("That’s %(length)s characters. Please use %(most)s or fewer.") % lengths
    if tag := first_tag(words):
        yield _("Emails take plain words. Please take out %(tag)s.") % {"tag": tag[:40]}
    if place := stray_brace(words):
        broken = _(
            "A fact is broken at “%(place)s”. Write it whole, with { before it and } behind it."
        )
        yield broken % {"place": place}


def _unknown(name: str, offered: list[str]) -> str:
    fact = token(name[:40])
    if not offered:
        return _("There’s no %(fact)s here, and no other fact.") % {"fact": fact}
    facts = {"fact": fact, "facts": ", ".join(offered)}
    return _("There’s no %(fact)s here. You can use %(facts)s.") % facts


def will_do(words: str, email: EditableEmail, part: EmailPart, *, day_in_subjects: bool) -> bool:
    return next(faults_of(words, email, part, day_in_subjects=day_in_subjects), None) is None
