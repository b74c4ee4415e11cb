"""Pages that go live, or come down, at a time that an editor has set."""

import logging
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from wagtail.models import Page, Revision

from clinic_site.pages.editing import emails
from clinic_site.pages.editing.page_lock import page_lock

logger = logging.getLogger(__name__)


def publish_scheduled(now: datetime) -> None:
    """Do what is due at `now`. Wagtail's command does the same, but ends at the first refusal."""
    expired = Page.objects.live().filter(expire_at__lte=now)
    for pk in list(expired.values_list("pk", flat=True)):
        try:
            with page_lock(pk):  # an editor may just have chosen a later end
                if page := expired.filter(pk=pk).first():
                    page.specific.unpublish(
                        set_expired=True, log_action="wagtail.unpublish.scheduled"
                    )
        except PermissionDenied as refusal:
            Page.objects.filter(pk=pk).update(expire_at=None)
            logger.warning("page %s stays: %s", pk, refusal)
    due = Revision.page_revisions.filter(approved_go_live_at__lte=now)
    for revision in list(due.order_by("approved_go_live_at")):
        try:
            with page_lock(int(revision.object_id)):
                if due.filter(pk=revision.pk).exists():
                    revision.publish(log_action="wagtail.publish.scheduled")
        except (PermissionDenied, ValidationError) as refusal:
            _give_back(revision, " ".join(getattr(refusal, "messages", [str(refusal)])))


def _give_back(revision: Revision, reason: str) -> None:
    """Take what cannot be published off the schedule, and tell who looks after the page."""
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
    page = revision.content_object
    logger.warning("page %s was not published: %s", page.pk, reason)
    emails.not_published(page, revision, reason)
