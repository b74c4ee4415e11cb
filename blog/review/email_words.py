"""What the emails about articles say. All of them go to staff."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from blog.review.small_corrections import Correction
from clinic_site.mail.words.parts import (
    CLINIC,
    above_link,
    greeting,
    heading_line,
    signature,
    subject,
)
from clinic_site.mail.words.registry import Chip, Context, EditableEmail, EmailPart

TITLE = Chip(
    "title", _("title of the article"), lambda email: email["article"].title, in_subject=True
)
REVIEWER = Chip("name", _("reviewer’s name"), lambda email: email["article"].reviewer.name)
NUMBER = Chip(
    "number", _("how many articles"), lambda email: len(email["articles"]), in_subject=True
)


def _who(absent: Any) -> Chip:
    return Chip("who", _("who did it"), lambda email: email["by"], absent=absent)


def _when(email: Context) -> str:
    at = email["goes_live_at"]
    return date_format(timezone.localtime(at), "DATETIME_FORMAT") if at else ""


WHEN = Chip("when", _("when it will be published"), _when, absent=_("a day to come"))


def _article() -> SimpleNamespace:
    """Return something like an article, as far as emails name it."""
    due = timezone.localdate() + timedelta(days=20)
    return SimpleNamespace(
        title=_now("How to sit"),
        reviewer=SimpleNamespace(name="Dana Whitfield"),
        review_due_on=due,
    )


def _context(**more: Any) -> dict[str, Any]:
    defaults = {
        "article": _article(),
        "by": "Dana Whitfield",
        "button_url": settings.BASE_URL + reverse("wagtailadmin_home"),
        "button_label": _now("Open the article"),
    }
    return defaults | more


def _approved(**more: Any) -> dict[str, Any]:
    return _context(**{"published": False, "goes_live_at": None} | more)


def _due(number: int) -> dict[str, Any]:
    articles = [(_article(), settings.BASE_URL)] * number
    some = {"articles": articles, "button_label": _now("See all")}
    return _context(**some)


ASKED = EditableEmail(
    key="blog/review_asked",
    title=_("An article to review"),
    sent=_("To the reviewer, when an article is sent to review."),
    parts=(
        subject(_("Please review: {title}")),
        heading_line(_("An article is ready for your review")),
        greeting(),
        EmailPart(
            "opening",
            _("Opening"),
            _(
                "{who} would like you to review “{title}”. When you approve it, it’s published "
                "with your name and the date. You can also ask for changes."
            ),
            needs=("title",),
            required=True,
        ),
        above_link(_("Read the article:")),
        signature(),
    ),
    chips=(REVIEWER, TITLE, _who(_("The editor")), CLINIC),
    samples={_("an article"): _context},
)
APPROVED = EditableEmail(
    key="blog/review_approved",
    title=_("An article is approved"),
    sent=_("To the person who sent it to review."),
    parts=(
        subject(_("Approved: {title}")),
        heading_line(_("Your article is approved")),
        EmailPart(
            "published",
            _("If readers see it"),
            _("{who} approved “{title}”. It’s published."),
            required=True,
        ),
        EmailPart(
            "scheduled",
            _("If it’s scheduled"),
            _("{who} approved “{title}”. It will be published automatically on {when}."),
            needs=("when",),
            required=True,
        ),
        EmailPart(
            "draft",
            _("If readers don’t see it yet"),
            _(
                "{who} approved “{title}”. Readers can’t see this version yet. Open the article to "
                "publish it."
            ),
            required=True,
        ),
        above_link(_("Here it is:"), "link_published"),
        above_link(_("Open the article:")),
        signature(),
    ),
    chips=(TITLE, _who(_("The reviewer")), WHEN, CLINIC),
    samples={
        _("an article that is published"): lambda: _approved(published=True),
        _("one that is scheduled"): lambda: _approved(
            goes_live_at=timezone.now() + timedelta(days=2)
        ),
        _("a draft"): _approved,
    },
)
CHANGES_REQUESTED = EditableEmail(
    key="blog/changes_requested",
    title=_("Changes to an article"),
    sent=_("To the person who sent it to review, when the reviewer asks for changes."),
    parts=(
        subject(_("Changes requested: {title}")),
        heading_line(_("Changes requested")),
        EmailPart(
            "opening",
            _("Opening"),
            _("{who} read “{title}” and would like some changes before it’s published:"),
            required=True,
        ),
        EmailPart(
            "opening_without_note",
            _("Opening, if there’s no note"),
            _("{who} read “{title}” and would like some changes before it’s published."),
            required=True,
        ),
        EmailPart(
            "next",
            _("What to do"),
            _(
                "Make the changes, then send the article to review again. You’ll also find this "
                "note at the top of the article in the editor."
            ),
        ),
        above_link(_("Open the article:")),
        signature(),
    ),
    chips=(TITLE, _who(_("The reviewer")), CLINIC),
    samples={
        _("an article"): lambda: _context(comment=_now("Please name your source.")),
        _("an article, without a note"): lambda: _context(comment=""),
    },
)
CORRECTED = EditableEmail(
    key="blog/article_corrected",
    title=_("Small corrections to an article"),
    sent=_("To the reviewer, when a slip of typing is corrected in an article they approved."),
    parts=(
        subject(_("Small corrections: {title}")),
        heading_line(_("Small corrections")),
        greeting(),
        EmailPart(
            "opening",
            _("Opening"),
            _(
                "{who} corrected typing mistakes in “{title}”. Your approval and its date still "
                "stand. This is what changed since you approved it:"
            ),
            needs=("title",),
            required=True,
        ),
        EmailPart(
            "next",
            _("What to do"),
            _("If any of this changes the meaning, please tell your editors."),
        ),
        above_link(_("Read the article:")),
        signature(),
    ),
    chips=(REVIEWER, TITLE, _who(_("An editor")), CLINIC),
    samples={
        _("an article"): lambda: _context(
            corrections=[Correction(_now("ties the spnie"), _now("ties the spine"))]
        )
    },
)
DUE = EditableEmail(
    key="blog/reviews_due",
    title=_("Articles due for review"),
    sent=_("To the people who look after them, on the first of each month."),
    parts=(
        subject(_("An article is due for review"), hint=_("For one article.")),
        subject(
            _("{number} articles are due for review"), "subject_several", _("For several articles.")
        ),
        heading_line(_("Due for review")),
        EmailPart(
            "opening",
            _("Opening"),
            _("These articles of yours are due for medical review now or within a month:"),
            required=True,
        ),
        EmailPart(
            "next",
            _("What to do"),
            _("Read each one again, bring it up to date, and send it to its reviewer."),
        ),
        above_link(_("See all of them:")),
        signature(),
    ),
    chips=(NUMBER, CLINIC),
    samples={_("one article"): lambda: _due(1), _("two articles"): lambda: _due(2)},
    subject_part=lambda email: "subject" if len(email["articles"]) == 1 else "subject_several",
)

EMAILS = [ASKED, APPROVED, CHANGES_REQUESTED, CORRECTED, DUE]
