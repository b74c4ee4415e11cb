"""What a reviewer has answered: told to the editor by email, and at the top of the article."""

from typing import Any

from wagtail.models import TaskState, WorkflowState
from wagtail.signals import workflow_approved, workflow_rejected, workflow_submitted

from blog.review import emails
from clinic_site.accounts.models import User


def requested_changes(article: Any) -> TaskState | None:
    """Return the answer that asks for changes of `article`, as long as it is the last word."""
    if article.pk is None:
        return None
    review = article.current_workflow_state
    if review is None or review.status != WorkflowState.STATUS_NEEDS_CHANGES:
        return None
    answer: TaskState = review.current_task_state.specific
    return answer


def notify_of_approval(instance: WorkflowState, user: User | None = None, **_signal: Any) -> None:
    emails.review_approved(_fresh(instance), to=_asker(instance, user), by=user)


def notify_of_requested_changes(
    instance: WorkflowState, user: User | None = None, **_signal: Any
) -> None:
    comment = instance.current_task_state.specific.get_comment()
    emails.changes_requested(_fresh(instance), to=_asker(instance, user), by=user, comment=comment)


def notify_nobody_else(**_signal: Any) -> None:
    """The reviewer has been told by `MedicalReviewTask.start`; nobody else has to do anything."""


def replace_wagtail_notifications() -> None:
    """Write about reviews in our own words. Call it before `wagtail.admin` is ready.

    Under Wagtail's own names for its receivers: a name that is taken is not connected again.
    """
    ours = (
        (workflow_submitted, notify_nobody_else, "workflow_state_submitted_email_notification"),
        (workflow_approved, notify_of_approval, "workflow_state_approved_email_notification"),
        (
            workflow_rejected,
            notify_of_requested_changes,
            "workflow_state_rejected_email_notification",
        ),
    )
    for signal, receiver, name in ours:
        signal.connect(receiver, sender=WorkflowState, dispatch_uid=name)


def _fresh(review: WorkflowState) -> Any:
    """Return the page as it stands now; the review remembers how it was before."""
    page = type(review.content_object).objects.get(pk=review.object_id)
    return getattr(page, "specific", page)


def _asker(review: WorkflowState, answered_by: User | None) -> str:
    asker = review.requested_by
    if asker is None or asker == answered_by or not asker.is_active:
        return ""
    email: str = asker.email
    return email
