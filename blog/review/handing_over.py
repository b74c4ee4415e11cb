"""Reviews of somebody who leaves: what waits for them goes to another reviewer.

What they have approved stays theirs: readers are told who read it and when.
"""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.models import Page, TaskState

from blog.review.task import MedicalReviewTask
from clinic_site.accounts.models import User
from clinic_site.clinic.models.people import Person
from clinic_site.staff.duties import Duty, Note


class Reviews(Duty):
    key = "reviews"
    title = _("Reviews")
    question = _("Who reviews these now?")
    without = _(
        "They get an email for each article. An article they wrote themselves, and every one if "
        "it’s nobody, goes back to its editors."
    )

    def held(self, person: Person) -> list[str]:
        number = len(_waiting_for(person))
        waits = ngettext(
            "%(number)d article waits for their review.",
            "%(number)d articles wait for their review.",
            number,
        )
        return [waits % {"number": number}] if number else []

    def takers(self, person: Person) -> QuerySet[Person]:
        active = Person.objects.filter(account__is_active=True).exclude(pk=person.pk)
        able = [each.pk for each in active.select_related("account") if each.can_sign_in]
        return Person.objects.filter(pk__in=able)

    def hand_over(self, person: Person, to: Person | None, *, by: User) -> Note:
        articles = [_give(state, to, by) for state in _waiting_for(person)]
        return {"to": to and to.pk, "articles": articles}

    def take_back(self, person: Person, note: Note, *, by: User) -> list[str]:
        """Give back what still waits for whoever took it over."""
        now = Person.objects.filter(pk=note["to"]).first()
        waiting = _waiting_for(now) if now else []
        back = [state for state in waiting if int(state.revision.object_id) in note["articles"]]
        for state in back:
            _give(state, person, by)
        gone = len(note["articles"]) - len(back)
        stays = ngettext(
            "%(number)d article has gone on meanwhile and stays as it is.",
            "%(number)d articles have gone on meanwhile and stay as they are.",
            gone,
        )
        return [stays % {"number": gone}] if gone else []


def _waiting_for(person: Person) -> list[TaskState]:
    """Return the reviews that wait for somebody, the oldest first."""
    waiting = TaskState.objects.filter(
        task__in=MedicalReviewTask.objects.all(),
        status=TaskState.STATUS_IN_PROGRESS,
        revision__content__reviewer=person.pk,
    )
    return [*waiting.select_related("revision", "workflow_state__requested_by").order_by("pk")]


def _give(state: TaskState, to: Person | None, by: User) -> int:
    """Send what waits to another reviewer, or back to its editors; return the article's number."""
    asked_by = state.workflow_state.requested_by
    article: Any = Page.objects.get(pk=state.revision.object_id).specific
    state.workflow_state.cancel(user=by)
    if to is None or state.revision.content["author"] == to.pk:
        return int(article.pk)
    newest = article.get_latest_revision_as_object()
    newest.reviewer = to
    newest.save_revision(user=by, log_action=True)
    if not article.live:  # nobody reads it yet, so the page itself says the same
        article.reviewer = to
        type(article).objects.filter(pk=article.pk).update(reviewer=to)
    newest.get_workflow().start(newest, asked_by)
    return int(article.pk)
