"""Where people can comment, and where no more."""

from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import Page

from clinic_site.accounts.models import User
from clinic_site.clinic.current import last_midnight_at_clinic
from clinic_site.page_cache.invalidation import invalidate_pages
from comments.models import ClosedThread, CommentRules
from comments.moderation.rules import Closed, closed_because


class ThreadClosed(Exception):
    """Nobody can comment there; the first argument is the `Closed` that says why."""


def closed(
    page: Page,
    rules: CommentRules | None = None,
    *,
    shut: bool | None = None,
) -> Closed | None:
    """Say why nobody can comment on `page`, or None if anybody can.

    Asks a query each for the rules and for whether the page is `shut`, unless it is given them.
    """
    rules = rules or CommentRules.load()
    if shut is None:
        shut = ClosedThread.objects.filter(page=page.pk).exists()
    return closed_because(
        site=rules.closed,
        page=shut,
        first_published_at=page.first_published_at,
        close_after_days=rules.close_after_days,
        midnight=last_midnight_at_clinic(),
    )


@transaction.atomic
def close_thread(page: Page, *, by: User) -> None:
    _thread, is_new = ClosedThread.objects.get_or_create(
        page_id=page.pk, defaults={"closed_by": by}
    )
    if is_new:
        log(page, "comments.close", user=by)
    invalidate_pages(page)


@transaction.atomic
def open_thread(page: Page, *, by: User) -> None:
    if ClosedThread.objects.filter(page_id=page.pk).delete()[0]:
        log(page, "comments.open", user=by)
    invalidate_pages(page)
