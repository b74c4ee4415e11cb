"""Comments as HTML, by functions: thirty times a template takes as long as all else on a page.

A test compares what is drawn with a plain template, `tests/comments/plain_comments.html`.
"""

from datetime import date, datetime

from django.urls import reverse
from django.utils.html import escape, format_html, format_html_join, linebreaks
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from comments.public.thread import Branch, PublicComment, PublicReply, ThreadPart, day_in_words

COMMENT = """<article class="comment" id="comment-{pk}">
  <header>
    <span class="initials{staff}" aria-hidden="true">{initials}</span>
    <div>
      <h3><bdi>{name}</bdi>{badge}</h3>
      <a href="#comment-{pk}"><time datetime="{at}">{day}</time></a>
    </div>
  </header>
  {whom}<div class="comment-text" dir="auto">{text}</div>
  {redacted}{reply}
</article>"""
NOTE = '<p class="comment-note">{}</p>'
REPLY = '<p><a class="reply" href="{}?parent={}" rel="nofollow">{}</a></p>'
STAFF, NOTHING = SafeString(" initials-staff"), SafeString("")


class ThreadDrawing:
    """Draws a part of a thread. `now` is its readers' clock; a closed one has no `reply_url`."""

    def __init__(self, part: ThreadPart, now: datetime, reply_url: str) -> None:
        self.part, self.now, self.reply_url = part, now, escape(reply_url)
        self.badge = format_html(' <span class="badge">{}</span>', _("from the clinic"))
        self.redacted = format_html(NOTE, _("We’ve removed part of this comment."))
        self.days: dict[date, str] = {}
        self.reply = _('Reply<span class="visually-hidden"> to %(name)s</span>')

    def draw(self) -> SafeString:
        """Return the items of the list of what began a branch, each with its answers."""
        return format_html_join(
            "\n",
            "<li>{}{}</li>",
            ((self._first(branch), self._answers(branch)) for branch in self.part.branches),
        )

    def _first(self, branch: Branch) -> SafeString:
        if branch.continued:
            return format_html(NOTE, self._continued(branch.first))
        if branch.first:
            return self._comment(branch.first)
        gone = _("This comment has been removed.")
        return format_html('<p class="comment-deleted">{}</p>', gone)

    def _answers(self, branch: Branch) -> SafeString:
        if not branch.answers:
            return NOTHING
        drawn = ((self._comment(one.said, self._whom(one)),) for one in branch.answers)
        items = format_html_join("\n", "<li>{}</li>", drawn)
        return format_html('<ol class="comments">{}</ol>', items)

    def _comment(self, comment: PublicComment, whom: SafeString = NOTHING) -> SafeString:
        name = escape(comment.name)
        return format_html(
            COMMENT,
            pk=comment.pk,
            staff=STAFF if comment.is_staff else NOTHING,
            initials=comment.initials,
            name=name,
            badge=self.badge if comment.is_staff else NOTHING,
            at=localtime(comment.at).strftime("%Y-%m-%dT%H:%M:%S%z"),
            day=self._day(comment.at.astimezone(self.now.tzinfo).date()),
            whom=whom,
            # Safe: it escapes what was typed.
            text=mark_safe(linebreaks(comment.text, autoescape=True)),  # noqa: S308
            redacted=self.redacted if comment.redacted else NOTHING,
            reply=self._reply(comment.pk, name) if self.reply_url else NOTHING,
        )

    def _day(self, day: date) -> str:
        if day not in self.days:
            self.days[day] = day_in_words(day, self.now.date())
        return self.days[day]

    def _reply(self, pk: int, name: SafeString) -> SafeString:
        words = mark_safe(self.reply % {"name": name})  # noqa: S308
        return format_html(REPLY, self.reply_url, pk, words)

    def _whom(self, answer: PublicReply) -> SafeString:
        """Say whom a comment answers that does not answer what stands above it."""
        if answer.to:
            there = "" if answer.to.pk in self.part.numbers else _page_of(answer.to)
            words = _('in reply to <a href="%(there)s#comment-%(pk)s"><bdi>%(name)s</bdi></a>')
            return format_html(NOTE, _filled(words, answer.to, there))
        if answer.deeper:
            return format_html(NOTE, _("in reply to a comment that’s no longer here"))
        return NOTHING

    def _continued(self, first: PublicComment | None) -> str:
        if first is None:
            return _("More replies to a comment that’s no longer here")
        words = _('More replies to <a href="%(see)s#comment-%(pk)s"><bdi>%(name)s</bdi></a>')
        return _filled(words, first, _page_of(first))


def _page_of(comment: PublicComment) -> str:
    return reverse("comments:see", args=[comment.pk])


def _filled(words: str, comment: PublicComment, address: str = "") -> SafeString:
    """Fill in a sentence, which is HTML, as `blocktranslate` does."""
    values = {"pk": comment.pk, "name": escape(comment.name), "there": address, "see": address}
    return mark_safe(words % values)  # noqa: S308
