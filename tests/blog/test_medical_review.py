"""An article with a reviewer is published by that person's approval, which dates the review."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import TaskState, Workflow
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from blog.models import ArticlePage
from blog.review.due_dates import due_after
from blog.review.readiness import NotReady
from clinic_site.accounts.models import User
from clinic_site.clinic.models.people import Person
from clinic_site.jobs.periodic import run_due_jobs
from clinic_site.pages.scheduled_publishing import publish_scheduled
from tests.factories import make_article, make_reviewer, make_user, publish_reviewed
from tests.outbox import emails_to

pytestmark = pytest.mark.usefixtures("clinic")


@pytest.fixture
def reviewer() -> Person:
    return make_reviewer()


@pytest.fixture
def editor() -> User:
    return make_user("Editors")


@pytest.fixture
def draft(reviewer: Person, editor: User) -> ArticlePage:
    article = make_article(live=False, reviewer=reviewer, owner=editor)
    article.save_revision(user=editor)
    return article


def post(client: Client, article: ArticlePage, **fields: Any) -> Any:
    """Send the editor's form with what the article says now, and `fields`."""
    said = {
        "title": article.title,
        "slug": article.slug,
        "summary": article.summary,
        "body": streamfield([("paragraph", rich_text("<p>The psoas ties.</p>"))]),
        "sources": streamfield([]),
        "author": article.author_id,
        "reviewer": article.reviewer_id or "",
        "review_every": 24,
        "tags": "",
        "image": "",
        "comments": {
            "TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 0
        },
    }  # fmt: skip
    address = reverse("wagtailadmin_pages:edit", args=[article.pk])
    return client.post(address, nested_form_data(said | fields))


def submit(client: Client, article: ArticlePage, by: User) -> None:
    client.force_login(by)
    post(client, article, **{"action-submit": "1"})


def decide(client: Client, article: ArticlePage, by: User, action: str = "approve") -> Any:
    client.force_login(by)
    article = ArticlePage.objects.get(pk=article.pk)
    state = article.current_workflow_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[article.pk, action, state.pk])
    return client.post(address, {"comment": "Please name your source."})


def test_approving_publishes_and_dates_the_review(
    client: Client, draft: ArticlePage, editor: User, reviewer: Person
) -> None:
    submit(client, draft, editor)
    assert client.get(draft.url).status_code == 404
    with time_machine.travel("2027-01-31 20:00-0800", tick=False):
        decide(client, draft, reviewer.account)
    draft.refresh_from_db()
    assert draft.live
    assert (draft.reviewed_on, draft.review_due_on) == (date(2027, 1, 31), date(2029, 1, 31))
    assert "Jan. 31, 2027" in client.get(draft.url).content.decode()


@pytest.mark.slow
def test_nobody_else_publishes_it(
    client: Client, draft: ArticlePage, editor: User, reviewer: Person
) -> None:
    other = make_reviewer("Theo Lindqvist").account
    chief = User.objects.create_superuser("chief", "chief@clinic.example", "correct horse")
    for somebody in (editor, make_user("Owners"), other, chief):
        client.force_login(somebody)
        page = post(client, draft, **{"action-publish": "1"})
        refused = "has to approve this first" in page.content.decode()
        assert refused is (somebody is not other), "the other may not even edit"
        draft.refresh_from_db()
        assert not draft.live, somebody
    submit(client, draft, editor)
    for somebody in (editor, other, chief):
        decide(client, draft, somebody)
        draft.refresh_from_db()
        assert not draft.live, somebody
    with pytest.raises(NotReady):
        draft.get_latest_revision().publish(user=chief)


def test_a_new_version_needs_a_new_approval(
    client: Client, draft: ArticlePage, editor: User, reviewer: Person
) -> None:
    publish_reviewed(draft)
    draft.title = "Psoas, once more"
    with pytest.raises(NotReady):
        draft.save_revision(user=editor).publish(user=editor)


def test_without_a_reviewer_an_editor_publishes(client: Client, editor: User) -> None:
    article = make_article(live=False)
    article.save_revision()
    client.force_login(editor)
    page = client.get(reverse("wagtailadmin_pages:edit", args=[article.pk])).content.decode()
    assert "action-publish" in page
    post(client, article, **{"action-publish": "1"})
    article.refresh_from_db()
    assert article.live


def test_the_editor_is_offered_submitting_instead_of_publishing(
    client: Client, draft: ArticlePage, editor: User
) -> None:
    client.force_login(editor)
    page = client.get(reverse("wagtailadmin_pages:edit", args=[draft.pk])).content.decode()
    assert "action-submit" in page
    assert "action-publish" not in page


def test_a_reviewer_set_while_publishing_is_asked_first(
    client: Client, editor: User, reviewer: Person
) -> None:
    article = make_article(live=False)
    article.save_revision()
    client.force_login(editor)
    page = post(client, article, reviewer=reviewer.pk, **{"action-publish": "1"})
    assert "Dana Whitfield has to approve this first" in page.content.decode()
    article.refresh_from_db()
    assert not article.live


def test_the_review_date_cannot_be_typed(client: Client, draft: ArticlePage, editor: User) -> None:
    client.force_login(editor)
    post(client, draft, title="Saved", reviewed_on="2020-01-01")
    draft.refresh_from_db()
    assert draft.get_latest_revision_as_object().title == "Saved"
    assert draft.get_latest_revision_as_object().reviewed_on is None


def test_another_reviewer_has_not_reviewed_it_yet(
    client: Client, draft: ArticlePage, editor: User
) -> None:
    publish_reviewed(draft)
    client.force_login(editor)
    post(client, draft, reviewer=make_reviewer("Theo Lindqvist").pk)
    draft.refresh_from_db()
    assert draft.get_latest_revision_as_object().reviewed_on is None
    assert draft.reviewed_on, "what readers see is what was approved"


def test_the_reviewer_is_told_by_mail(client: Client, draft: ArticlePage, editor: User) -> None:
    submit(client, draft, editor)
    email = emails_to("dana-whitfield@clinic.example").get()
    assert email.subject == "Please review: Psoas? So What?!"
    assert reverse("wagtailadmin_pages:edit", args=[draft.pk]) in email.text


def test_only_the_reviewer_finds_it_among_what_waits(
    client: Client, draft: ArticlePage, editor: User, reviewer: Person
) -> None:
    submit(client, draft, editor)
    other = make_reviewer("Theo Lindqvist").account
    for somebody, waits in ((reviewer.account, True), (other, False), (editor, False)):
        assert TaskState.objects.reviewable_by(somebody).exists() is waits
    client.force_login(reviewer.account)
    assert draft.title in client.get("/admin/").content.decode()
    address = reverse("wagtailadmin_pages:edit", args=[draft.pk])
    assert "Approve" in client.get(address).content.decode()


def test_others_cannot_change_what_is_being_reviewed(
    client: Client, draft: ArticlePage, editor: User
) -> None:
    submit(client, draft, editor)
    post(client, draft, title="Changed meanwhile")
    draft.refresh_from_db()
    assert draft.get_latest_revision_as_object().title == "Psoas? So What?!"


def test_asking_for_changes_gives_it_back(
    client: Client, draft: ArticlePage, editor: User, reviewer: Person
) -> None:
    submit(client, draft, editor)
    decide(client, draft, reviewer.account, "reject")
    draft.refresh_from_db()
    assert not draft.live
    client.force_login(editor)
    post(client, draft, title="Psoas, with a source", **{"action-submit": "1"})
    decide(client, draft, reviewer.account)
    draft.refresh_from_db()
    assert (draft.live, draft.title) == (True, "Psoas, with a source")


def test_an_approved_article_goes_live_at_its_time(
    client: Client, draft: ArticlePage, editor: User, reviewer: Person
) -> None:
    draft.go_live_at = timezone.now() + timedelta(days=1)
    draft.save_revision(user=editor)
    publish_reviewed(draft)
    assert not draft.live
    run_due_jobs(timezone.now())
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        run_due_jobs(timezone.now())
    draft.refresh_from_db()
    assert draft.live


def test_wagtails_ready_made_workflow_is_gone() -> None:
    assert not Workflow.objects.filter(name="Moderators approval").exists()


@pytest.mark.parametrize(
    ("reviewed", "months", "due"),
    [
        (date(2027, 1, 31), 6, date(2027, 7, 31)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2027, 12, 1), 36, date(2030, 12, 1)),
    ],
)
def test_a_review_runs_out_after_whole_months(reviewed: date, months: int, due: date) -> None:
    assert due_after(reviewed, months) == due


def test_only_who_keeps_accounts_says_which_account_approves(
    client: Client, draft: ArticlePage, editor: User, reviewer: Person
) -> None:
    address = reverse("wagtailsnippets_clinic_person:edit", args=[reviewer.pk])
    for role, may in (("Editors", False), ("Owners", True)):
        user = editor if role == "Editors" else make_user(role)
        client.force_login(user)
        said = {"name": reviewer.name, "slug": reviewer.slug, "role": "Posture therapist"}
        client.post(address, said | {"sort_order": 3, "account": user.pk})
        reviewer.refresh_from_db()
        assert reviewer.sort_order == 3
        assert (reviewer.account == user) is may


def test_a_copy_is_a_draft_that_nobody_has_reviewed(
    client: Client, draft: ArticlePage, editor: User
) -> None:
    publish_reviewed(draft)
    topic = draft.get_parent()
    client.force_login(editor)
    said = {"new_title": "Copy", "new_slug": "copy", "new_parent_page": topic.pk}
    address = reverse("wagtailadmin_pages:copy", args=[draft.pk])
    client.post(address, said | {"publish_copies": "on"})
    assert not ArticlePage.objects.filter(slug="copy").exists()
    client.post(address, said)
    copy = ArticlePage.objects.get(slug="copy")
    assert (copy.live, copy.reviewed_on, copy.review_due_on) == (False, None, None)
    assert copy.get_latest_revision_as_object().reviewed_on is None


def test_what_was_approved_is_never_written_over(draft: ArticlePage, reviewer: Person) -> None:
    publish_reviewed(draft)
    approved = draft.get_latest_revision()
    draft.title = "Other words"
    with pytest.raises(PermissionDenied):
        draft.save_revision(user=reviewer.account, overwrite_revision=approved)


def test_a_review_that_was_canceled_is_not_approved_by_a_stale_page(
    client: Client, draft: ArticlePage, editor: User, reviewer: Person
) -> None:
    submit(client, draft, editor)
    state = ArticlePage.objects.get(pk=draft.pk).current_workflow_task_state
    state.workflow_state.cancel(user=editor)
    with pytest.raises(PermissionDenied):
        state.task.specific.on_action(state, reviewer.account, "approve")
    draft.refresh_from_db()
    assert draft.get_latest_revision_as_object().reviewed_on is None


def test_publishing_many_leaves_those_that_are_not_ready_and_says_so(
    client: Client, draft: ArticlePage, editor: User
) -> None:
    ready = make_article("Ready", live=False)
    ready.save_revision()
    client.force_login(editor)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    ids = f"?id={draft.pk}&id={ready.pk}&next=/admin/pages/"
    page = client.post(address + ids, follow=True).content.decode()
    assert "1 page has been published" in page
    assert "Not done for “Psoas? So What?!”. This version hasn’t been approved" in page
    assert list(ArticlePage.objects.live()) == [ready]


def test_one_page_that_cannot_be_published_does_not_hold_up_the_others(
    draft: ArticlePage, editor: User
) -> None:
    soon = timezone.now() + timedelta(days=1)
    draft.go_live_at = soon
    draft.save_revision(user=editor)
    publish_reviewed(draft)
    revision = draft.get_latest_revision()
    revision.content["summary"] = ""
    revision.save()
    other = make_article("Other", live=False, go_live_at=soon)
    other.save_revision().publish()
    with time_machine.travel(soon + timedelta(minutes=1)):
        publish_scheduled(timezone.now())
        publish_scheduled(timezone.now())
    draft.refresh_from_db()
    other.refresh_from_db()
    assert (draft.live, other.live) == (False, True)
    emails = emails_to("editors@clinic.example")
    assert [email.subject for email in emails] == ["Not published: Psoas? So What?!"]
    assert "summary is missing" in emails[0].text
