"""Whether a version of an article may be published, whichever way that is asked for."""

import json
import re
from contextlib import suppress

from django.core.exceptions import PermissionDenied
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from wagtail.models import Revision, TaskState

from blog.review.checks import blockers_of
from blog.review.small_corrections import Correction, NotSmall, small_corrections
from blog.review.task import MedicalReviewTask

# The fields of an article that say something to readers.
OF_EVERY_PAGE = ("title", "slug", "seo_title", "search_description")
# Worked out from the others whenever an article is saved.
WORKED_OUT = {"page_ptr", "card_image", "review_due_on", "reading_minutes"}
BLOCKS = ("body", "sources")
BLOCK_KEY = re.compile(r' data-block-key=\\"[^"\\]*\\"')


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
        raise NotReady(_("This version hasn’t been approved by its reviewer."))
    return approved


def was_approved(revision: Revision) -> bool:
    """Tell whether a reviewer has approved what this version says, but for slips of typing."""
    return corrected_since_approval(revision) is not None


def corrected_since_approval(revision: Revision) -> list[Correction] | None:
    """Return the small corrections since a version was approved; None if none was, or for more."""
    if is_approved_version(revision):
        return []
    earlier = Revision.objects.filter(
        base_content_type=revision.base_content_type,
        object_id=revision.object_id,
        pk__in=_approvals().values("revision"),
    ).order_by("-pk")
    said = reviewed_content(revision)
    found = []
    for approved in earlier:
        with suppress(NotSmall):
            found.append(small_corrections(reviewed_content(approved), said))
    return min(found, key=len) if found else None


def is_approved_version(revision: Revision) -> bool:
    """Tell whether a reviewer has approved exactly this version."""
    return _approvals().filter(revision=revision).exists()


def reviewed_content(revision: Revision) -> dict[str, object]:
    """Return what a version says to readers, without what is kept about the page itself.

    A field that articles get later is part of it.
    """
    # What has just been saved has dates, what the database gives back has their texts.
    content = json.loads(json.dumps(revision.content, cls=DjangoJSONEncoder))
    own = (field.name for field in revision.as_object()._meta.local_fields)
    names = {*OF_EVERY_PAGE, *own} - WORKED_OUT - {*BLOCKS}
    said: dict[str, object] = {name: content.get(name) for name in names}
    for name in BLOCKS:
        text = content.get(name) or "[]"
        # The editor gives keys to the paragraphs of a text that has none yet.
        blocks = json.loads(text) if isinstance(text, str) else text
        said[name] = json.loads(BLOCK_KEY.sub("", json.dumps(blocks)))
    said["tags"] = sorted(row["tag"] for row in content.get("tagged") or [])
    return said


def _approvals() -> QuerySet[TaskState]:
    tasks = MedicalReviewTask.objects.all()
    approvals: QuerySet[TaskState] = TaskState.objects.filter(
        status=TaskState.STATUS_APPROVED, task__in=tasks
    )
    return approvals
