"""Whether a version of an article may be published, whichever way that is asked for."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from wagtail.models import Revision, TaskState

from blog.review.checks import blockers_of
from blog.review.task import MedicalReviewTask


class NotReady(PermissionDenied):
    """A version of an article lacks something without which it may not be published."""


def check_that_ready(revision: Revision) -> bool:
    """Tell whether a reviewer has approved `revision`; without one there is no need.

    Raises NotReady if it lacks what a reader needs, or the approval of the reviewer it names.
    """
    article = revision.as_object()
    if blockers := blockers_of(article):
        raise NotReady(" ".join(str(problem.message) for problem in blockers))
    approved = article.reviewer_id is not None and was_approved(revision)
    if article.reviewer_id and not approved:
        raise NotReady(_("This version has not been approved by its reviewer."))
    return approved


def was_approved(revision: Revision) -> bool:
    """Tell whether a reviewer has approved exactly this version."""
    approvals = TaskState.objects.filter(
        revision=revision,
        status=TaskState.STATUS_APPROVED,
        task__in=MedicalReviewTask.objects.all(),
    )
    return approvals.exists()
