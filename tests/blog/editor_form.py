"""What a browser sends from the editor of an article."""

import re
from typing import Any

from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from blog.models import ArticlePage
from clinic_site.accounts.models import User
from clinic_site.clinic.models.people import Person
from tests.factories import make_article

JSON = {"HTTP_ACCEPT": "application/json"}
APPROVE = {
    "action-workflow-action": "true",
    "workflow-action-name": "approve",
    "workflow-action-extra-data": "{}",
}
REJECT = APPROVE | {
    "workflow-action-name": "reject",
    "workflow-action-extra-data": '{"comment": "Name your source."}',
}


def form_of(client: Client, article: Page, **typed: Any) -> dict[str, Any]:
    """What the browser holds when the editor of `article` has been opened, and `typed`."""
    address = reverse("wagtailadmin_pages:edit", args=[article.pk])
    page = client.get(address).content.decode()
    known = {
        name: re.search(rf'name="{name}" value="([^"]*)"', page)
        for name in ("loaded_revision_id", "loaded_revision_created_at", "decided_so_far")
    }
    said = fields(article.get_latest_revision_as_object()) | typed
    return nested_form_data(said) | {name: found[1] for name, found in known.items() if found}


def fields(article: Any) -> dict[str, Any]:
    body = streamfield([("paragraph", rich_text("<p>The psoas ties.</p>"))])
    body["0"]["id"] = "5e6c1f0c-6f3f-4a53-9e0b-4f8a6d1f7c11"  # the browser gives it, once
    return {
        "title": article.title,
        "slug": article.slug,
        "summary": article.summary,
        "body": body,
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


def send(client: Client, article: Page, form: dict[str, Any], **extra: Any) -> Any:
    address = reverse("wagtailadmin_pages:edit", args=[article.pk])
    return client.post(address, form, follow=not extra, **extra)


def waiting_for(reviewer: Person, editor: User, client: Client) -> ArticlePage:
    """An article that has been sent to its reviewer, for the first time."""
    article = make_article(live=False, reviewer=reviewer, owner=editor)
    article.save_revision(user=editor)
    client.force_login(editor)
    send(client, article, form_of(client, article) | {"action-submit": "1"})
    assert article.current_workflow_state
    return ArticlePage.objects.get(pk=article.pk)
