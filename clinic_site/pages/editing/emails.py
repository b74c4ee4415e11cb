"""The emails about pages, to staff. Call them inside the transaction they tell of."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Revision

from clinic_site.mail.outbox import queue_email
from clinic_site.mail.words.parts import CLINIC, above_link, heading_line, signature, subject
from clinic_site.mail.words.registry import Chip, EditableEmail, EmailPart


def _sample() -> dict[str, object]:
    return {
        "title": gettext("How to sit"),
        "reason": gettext("This version hasn’t been approved by its reviewer."),
        "button_url": settings.BASE_URL + reverse("wagtailadmin_home"),
        "button_label": gettext("Open the page"),
    }


NOT_PUBLISHED = EditableEmail(
    key="pages/not_published",
    title=_("A page wasn’t published"),
    sent=_("To the person who looks after a page that was scheduled and couldn’t be published."),
    parts=(
        subject(_("Not published: {title}")),
        heading_line(_("A page wasn’t published")),
        EmailPart(
            "opening",
            _("Opening"),
            _("“{title}” was scheduled for now, but we couldn’t publish it:"),
            needs=("title",),
            required=True,
        ),
        EmailPart(
            "next",
            _("What to do"),
            _("It’s off the schedule. Fix it, then publish it or set a new time."),
        ),
        above_link(_("It’s off the schedule. Fix it, then publish it or set a new time:")),
        signature(),
    ),
    chips=(
        Chip("title", _("title of the page"), lambda email: email["title"], in_subject=True),
        CLINIC,
    ),
    samples={_("a page"): _sample},
)


def not_published(page: Page, revision: Revision, reason: str) -> None:
    """Tell who looks after a page why it was not published when it was to be."""
    if page.owner is None or not page.owner.email:
        return
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    queue_email(
        to=page.owner.email,
        template="pages/emails/not_published",
        context={
            "title": revision.object_str,
            "reason": reason,
            "button_url": f"{settings.BASE_URL}{address}",
            "button_label": gettext("Open the page"),
        },
    )
