"""How many comments wait for a moderator, in sentences."""

from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comments.queue import QueueCounts


def waiting_summary(waiting: QueueCounts) -> str:
    """Say in whole sentences how many comments wait, and since when."""
    return " ".join([*_to_read(waiting), *_likely_spam(waiting)])


def _to_read(waiting: QueueCounts) -> list[str]:
    if not waiting.to_read:
        return [_("Nothing is waiting to be read.")]
    said = [
        ngettext(
            "%(count)s comment is waiting to be read.",
            "%(count)s comments are waiting to be read.",
            waiting.to_read,
        )
        % {"count": waiting.to_read}
    ]
    if waiting.edits:
        edits = ngettext(
            "%(count)s of them is an edit to an approved comment.",
            "%(count)s of them are edits to approved comments.",
            waiting.edits,
        )
        said.append(edits % {"count": waiting.edits})
    if waiting.oldest:
        since = {"since": timesince(waiting.oldest)}
        said.append(_("The oldest has been waiting for %(since)s.") % since)
    return said


def _likely_spam(waiting: QueueCounts) -> list[str]:
    if not waiting.likely_spam:
        return []
    spam = ngettext(
        "%(count)s more looks like spam. Please check, in case it isn’t.",
        "%(count)s more look like spam. Please check, in case some aren’t.",
        waiting.likely_spam,
    )
    return [spam % {"count": waiting.likely_spam}]
