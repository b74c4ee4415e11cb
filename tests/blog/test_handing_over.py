"""What waits for a reviewer who leaves goes to another; what they approved stays theirs."""

import pytest
from wagtail.models import TaskState

from blog.models import ArticlePage
from clinic_site.accounts.models import User
from clinic_site.clinic.models.people import Person
from clinic_site.staff.leaving import leave, take_leaving_back
from tests.factories import make_article, make_clinic, make_reviewer, make_user, publish_reviewed
from tests.outbox import emails_to

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner() -> User:
    make_clinic()
    return make_user("Owners")  # type: ignore[return-value]


def waiting(article: ArticlePage) -> Person | None:
    """Return for whom an article waits."""
    state = ArticlePage.objects.get(pk=article.pk).current_workflow_task_state
    return Person.objects.get(pk=state.revision.content["reviewer"]) if state else None


def sent_to_review(reviewer: Person, editor: User, **fields: object) -> ArticlePage:
    article = make_article("On sitting", live=False, reviewer=reviewer, owner=editor, **fields)
    article.save_revision(user=editor)
    article.get_workflow().start(article, editor)
    return article


def test_what_waits_goes_to_another_reviewer_who_can_approve_it(owner: User) -> None:
    dana, theo = make_reviewer(), make_reviewer("Theo Brandt")
    article = sent_to_review(dana, make_user("Editors"))
    leave(dana.account.pk, {"reviews": theo}, by=owner)
    assert waiting(article) == theo
    assert emails_to(theo.account.email).count() == 1
    article = ArticlePage.objects.get(pk=article.pk)
    state = article.current_workflow_task_state
    state.task.specific.on_action(state, theo.account, "approve")
    article.refresh_from_db()
    assert (article.live, article.reviewer) == (True, theo)


def test_taken_back_it_waits_for_the_first_again(owner: User) -> None:
    dana, theo = make_reviewer(), make_reviewer("Theo Brandt")
    article = sent_to_review(dana, make_user("Editors"))
    leave(dana.account.pk, {"reviews": theo}, by=owner)
    assert take_leaving_back(dana.account.pk, by=owner) == []
    assert waiting(article) == dana


def test_what_has_been_approved_meanwhile_is_not_taken_back(owner: User) -> None:
    dana, theo = make_reviewer(), make_reviewer("Theo Brandt")
    article = sent_to_review(dana, make_user("Editors"))
    leave(dana.account.pk, {"reviews": theo}, by=owner)
    state = ArticlePage.objects.get(pk=article.pk).current_workflow_task_state
    state.task.specific.on_action(state, theo.account, "approve")
    assert take_leaving_back(dana.account.pk, by=owner) == [
        "1 article has gone on meanwhile and stays as it is."
    ]
    assert ArticlePage.objects.get(pk=article.pk).reviewer == theo


@pytest.mark.parametrize("to_the_author", [True, False])
def test_with_nobody_to_read_it_it_is_a_draft_again(owner: User, to_the_author: bool) -> None:
    dana, theo = make_reviewer(), make_reviewer("Theo Brandt")
    article = sent_to_review(dana, make_user("Editors"), author=theo)
    leave(dana.account.pk, {"reviews": theo if to_the_author else None}, by=owner)
    assert waiting(article) is None
    assert not TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS).exists()


def test_readers_still_read_who_approved_a_published_article(owner: User) -> None:
    dana, theo = make_reviewer(), make_reviewer("Theo Brandt")
    article = make_article(reviewer=dana)
    publish_reviewed(article)
    leave(dana.account.pk, {"reviews": theo}, by=owner)
    article = ArticlePage.objects.get(pk=article.pk)
    assert (article.live, article.reviewer) == (True, dana)
