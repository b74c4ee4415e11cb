"""Pages that go live, or come down, at a time that an editor has set."""

import logging
from datetime import datetime

from django.core.exceptions import PermissionDenied
from wagtail.models import Page, Revision

logger = logging.getLogger(__name__)


def publish_scheduled(now: datetime) -> None:
    """Do what is due at `now`. Wagtail's command does the same, but ends at the first refusal."""
    for page in Page.objects.live().filter(expire_at__lte=now):
        page.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
    due = Revision.page_revisions.filter(approved_go_live_at__lte=now)
    for revision in due.order_by("approved_go_live_at"):
        try:
            revision.publish(log_action="wagtail.publish.scheduled")
        except PermissionDenied as refusal:
            logger.warning("page %s was not published: %s", revision.object_id, refusal)
