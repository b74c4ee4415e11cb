"""What has been decided about a page, so that a form knows whether it is older than that."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision, TaskState, WorkflowState


def decided_so_far(page: Page) -> str:
    """Return a code of the decisions about `page`: it changes with each, and with no draft."""
    review = page.workflow_states.order_by("-created_at", "-pk").first()
    task = review.current_task_state if review else None
    facts = [
        page.live_revision_id if page.live else "draft",
        getattr(page.scheduled_revision, "pk", ""),
        f"{review.pk}-{review.status}" if review else "",
        f"{task.pk}-{task.status}" if task else "",
    ]
    return ".".join(str(fact) for fact in facts)


def is_done_already(page: Page, action: str) -> bool:
    """Tell whether `page` stands as an action wanted it, which changed nothing besides."""
    if action == "publish":
        scheduled = page.scheduled_revision
        waits = bool(scheduled and scheduled.pk == page.latest_revision_id)
        return waits or (page.live and not page.has_unpublished_changes)
    if action in ("submit", "restart-workflow"):
        return bool(page.workflow_in_progress)
    if action == "cancel-workflow":
        return page.current_workflow_state is None
    return action == "save"


STATUS_OF = {"approve": TaskState.STATUS_APPROVED, "reject": TaskState.STATUS_REJECTED}


def last_answer(page: Page) -> TaskState | None:
    """Return how the last review of `page` was answered, unless it still waits."""
    review = page.workflow_states.order_by("-created_at", "-pk").first()
    task = review.current_task_state if review else None
    return task if task and task.status in STATUS_OF.values() else None


def what_an_answer_did(page: Page, answer: str) -> str:
    """Say to a reviewer what became of the page by their answer."""
    title = page.specific_deferred.get_admin_display_title()
    if answer == "reject":
        review = page.workflow_states.order_by("-created_at", "-pk").first()
        by = review.requested_by if isinstance(review, WorkflowState) else None
        who = by.display_name if by else ""
        if who:
            message = _("You asked for changes to “%(title)s”. %(who)s gets an email with them.")
            return message % {"title": title, "who": who}
        return _("You asked for changes to “%(title)s”.") % {"title": title}
    scheduled = page.scheduled_revision
    if scheduled:
        when = date_format(timezone.localtime(scheduled.approved_go_live_at), "DATETIME_FORMAT")
        message = _("You approved “%(title)s”. Readers will see it starting %(when)s.")
        return message % {"title": title, "when": when}
    return _("You approved “%(title)s”. Readers can see it now.") % {"title": title}


def newer_version(revision: Revision, reader: object) -> str:
    """Say whose version is newer than the one that `reader` has open."""
    when = date_format(timezone.localtime(revision.created_at), "DATETIME_FORMAT")
    if revision.user is not None and revision.user == reader:
        return _("You saved a newer version elsewhere (%(when)s).") % {"when": when}
    who = revision.user.display_name if revision.user else _("Someone")
    return _("%(who)s saved a newer version (%(when)s).") % {"who": who, "when": when}
