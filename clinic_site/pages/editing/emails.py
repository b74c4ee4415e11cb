"""The emails about pages, to staff. Call them inside the transaction they tell of."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext
from wagtail.models import Page, Revision

from clinic_site.mail.outbox import queue_email


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
