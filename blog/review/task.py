"""Medical review: an article that names a reviewer is published by that person's approval.

Wagtail's workflow carries it. Its one task belongs to whom the article names, not to a group,
and the date of the review is the day of the approval.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Task, TaskState, Workflow, WorkflowState, WorkflowTask

from blog.review import emails
from blog.review.checks import blockers_of
from clinic_site.accounts.models import User

NAME = "Medical review"


class MedicalReviewTask(Task):
    """The person named as reviewer reads the article, and approves it or asks for changes."""

    class Meta:
        verbose_name = _("medical review")
        verbose_name_plural = _("medical reviews")

    @classmethod
    def get_description(cls) -> Promise:
        return _("The reviewer named in the article approves it")

    def start(self, workflow_state: WorkflowState, user: User | None = None) -> Any:
        state = super().start(workflow_state, user=user)
        emails.review_asked(state.revision.as_object(), by=user)
        return state

    @transaction.atomic
    def on_action(self, task_state: TaskState, user: User, action_name: str, **kwargs: Any) -> None:
        state = TaskState.objects.select_for_update().get(pk=task_state.pk)
        article = state.revision.content_object
        if state.status != TaskState.STATUS_IN_PROGRESS or not is_reviewer(article, user):
            raise PermissionDenied(_("This review has ended, or is someone else’s."))
        if action_name == "approve":
            _note_review(state, user)
        super().on_action(state, user, action_name, **kwargs)

    def user_can_access_editor(self, obj: Page, user: User) -> bool:
        return is_reviewer(obj, user)

    def locked_for_user(self, obj: Page, user: User) -> bool:
        # What is approved is what the reviewer has read.
        return not is_reviewer(obj, user)

    def get_actions(self, obj: Page, user: User) -> list[tuple[str, Any, bool]]:
        if not is_reviewer(obj, user):
            return []
        decisions = [("approve", _("Approve"), False), ("reject", _("Ask for changes"), True)]
        # What blocks is named at the top of the editor.
        return decisions[1:] if blockers_of(obj.get_latest_revision_as_object()) else decisions

    def get_task_states_user_can_moderate(self, user: User, **kwargs: Any) -> QuerySet[TaskState]:
        person = getattr(user, "person", None)
        waiting: QuerySet[TaskState] = self.task_states.filter(
            status=TaskState.STATUS_IN_PROGRESS,
            revision__content__reviewer=person.pk if person else None,
        )
        return waiting if person else waiting.none()


def medical_review() -> Workflow:
    """Return the workflow of articles with a reviewer. No page is assigned to it in the admin."""
    step = WorkflowTask.objects.filter(task__in=MedicalReviewTask.objects.all())
    if found := step.select_related("workflow").first():
        workflow: Workflow = found.workflow
        return workflow
    workflow = Workflow.objects.create(name=NAME)
    task = MedicalReviewTask.objects.create(name=NAME)
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    return workflow


def is_reviewer(page: Page, user: User) -> bool:
    """Tell whether `user` is the reviewer whom the version under review names."""
    state, person = page.current_workflow_task_state, getattr(user, "person", None)
    return bool(state and person and state.revision.content["reviewer"] == person.pk)


def _note_review(task_state: TaskState, user: User) -> None:
    """Make a version that carries the day of the review, and that the approval is about."""
    article = task_state.revision.content_object.get_latest_revision_as_object()
    article.reviewed_on = timezone.localdate()
    task_state.revision = article.save_revision(user=user)
