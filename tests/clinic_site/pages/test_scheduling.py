"""“Schedule” is one press: the times that are set apply, and nothing else happens."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from wagtail.test.utils.form_data import nested_form_data, streamfield

from clinic_site.pages.models import HomePage, StandardPage
from tests.factories import make_article, make_reviewer, make_user

pytestmark = [pytest.mark.usefixtures("clinic"), pytest.mark.any_database]


def form(**fields: Any) -> dict[str, Any]:
    values = {
        "title": "Summer hours",
        "slug": "summer",
        "introduction": "null",
        "body": streamfield([]),
        "go_live_at": "",
        "expire_at": "",
        "comments-TOTAL_FORMS": 0,
        "comments-INITIAL_FORMS": 0,
        "comments-MIN_NUM_FORMS": 0,
        "comments-MAX_NUM_FORMS": 0,
        "action-schedule": "action-schedule",
    }
    return nested_form_data(values | fields)


def later(days: int = 3) -> str:
    return date_format(timezone.localtime(timezone.now() + timedelta(days=days)), "Y-m-d H:i")


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(make_user("Editors"))
    return client


@pytest.fixture
def page() -> StandardPage:
    draft = StandardPage(title="Summer hours", slug="summer", live=False)
    added: StandardPage = HomePage.objects.get().add_child(instance=draft)
    added.save_revision()
    return added


def send(client: Client, page: StandardPage, **fields: Any) -> StandardPage:
    answer = client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form(**fields))
    assert answer.status_code == 302
    return StandardPage.objects.get(pk=page.pk)


def test_a_draft_goes_live_at_its_time(editor: Client, page: StandardPage) -> None:
    sent = send(editor, page, go_live_at=later())
    assert (sent.live, sent.approved_schedule) == (False, True)


def test_a_new_page_does_too(editor: Client) -> None:
    home = HomePage.objects.get()
    address = reverse("wagtailadmin_pages:add", args=["pages", "standardpage", home.pk])
    assert editor.post(address, form(go_live_at=later())).status_code == 302
    assert StandardPage.objects.get(slug="summer").approved_schedule


def test_a_published_page_gets_an_end(editor: Client, page: StandardPage) -> None:
    page.save_revision().publish()
    sent = send(editor, page, expire_at=later())
    assert sent.live
    assert sent.expire_at


@pytest.mark.parametrize("days", [None, 3])
def test_without_a_time_to_go_live_a_draft_stays_one(
    editor: Client, page: StandardPage, days: int | None
) -> None:
    sent = send(editor, page, expire_at=later(days) if days else "")
    assert (sent.live, sent.approved_schedule) == (False, False)


def test_the_dialog_offers_it_and_a_reviewed_article_waits_for_its_reviewer(
    editor: Client, page: StandardPage
) -> None:
    article = make_article(reviewer=make_reviewer(), live=False)
    for shown, button in ((page, True), (article, False)):
        address = reverse("wagtailadmin_pages:edit", args=[shown.pk])
        html = editor.get(address).content.decode()
        assert ('name="action-schedule"' in html) is button
        assert ("once its reviewer has approved it" in html) is not button
    add = reverse("wagtailadmin_pages:add", args=["pages", "standardpage", page.get_parent().pk])
    assert 'name="action-schedule"' in editor.get(add).content.decode()
