"""The admin speaks of reviews as the clinic does, in whatever release of Wagtail."""

import ast
import gettext
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import wagtail
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import translation

from tests.blog.editor_form import form_of, send, waiting_for
from tests.factories import make_article, make_reviewer, make_user

pytestmark = pytest.mark.any_database

OURS = Path(settings.LOCALE_PATHS[0]) / "en/LC_MESSAGES/django.po"
ENTRY = re.compile(
    r'^msgid ((?:".*"\n)+)(?:msgid_plural (?:".*"\n)+)?msgstr(?:\[0\])? ((?:".*"\n)+)', re.M
)


def entries(po: Path) -> Iterator[tuple[str, str]]:
    """The texts of a catalog, each with what is said instead."""
    for original, words in ENTRY.findall(po.read_text()):
        texts = ("".join(map(ast.literal_eval, part.splitlines())) for part in (original, words))
        yield next(texts), next(texts)


def test_each_text_that_is_changed_is_one_of_wagtails() -> None:
    theirs = {
        text
        for po in Path(wagtail.__file__).parent.rglob("locale/en/LC_MESSAGES/django.po")
        for text, _words in entries(po)
    }
    assert len(theirs) > 1000
    assert [text for text, _words in entries(OURS) if text not in theirs] == []


def test_what_is_compiled_is_what_is_written() -> None:
    with OURS.with_suffix(".mo").open("rb") as compiled:
        said = gettext.GNUTranslations(compiled)
    for text, words in entries(OURS):
        assert said.gettext(text) == words


@pytest.mark.parametrize("language", ["en-us", "en"])
def test_it_is_said_whichever_english_somebody_chose(language: str) -> None:
    with translation.override(language):
        assert translation.gettext("Sign in to Wagtail") == "Sign in"


def test_nobody_is_asked_to_sign_in_to_wagtail(client: Client, clinic: None) -> None:
    page = " ".join(client.get("/admin/login/").content.decode().split())
    assert "<title>Sign in - Motion Unlimited</title>" in page
    assert "Sign in to Motion Unlimited" in page
    assert "Sign in to Wagtail" not in page


@pytest.mark.slow
def test_an_editor_reads_of_a_reviewer_and_not_of_a_workflow(client: Client, clinic: None) -> None:
    editor, reviewer = make_user("Editors"), make_reviewer()
    client.force_login(editor)
    draft = make_article(live=False, reviewer=reviewer, owner=editor)
    draft.save_revision(user=editor)
    address = reverse("wagtailadmin_pages:edit", args=[draft.pk])
    assert "Send to Medical review" in client.get(address).content.decode()
    sent = send(client, draft, form_of(client, draft) | {"action-submit": "1"}).content.decode()
    assert "“Psoas? So What?!” is sent to review." in sent
    page = client.get(address).content.decode()
    assert "Take it back from review" in page
    assert "with the reviewer" in page.lower()
    words = re.sub(r"<[^>]*>", " ", page).lower()
    assert "moderation" not in words
    assert "cancel workflow" not in words


def test_what_was_sent_back_can_be_sent_again_and_in_one_way(client: Client, clinic: None) -> None:
    editor, reviewer = make_user("Editors"), make_reviewer()
    article = waiting_for(reviewer, editor, client)
    state = article.current_workflow_task_state
    state.task.specific.on_action(state, reviewer.account, "reject")
    client.force_login(editor)
    page = client.get(reverse("wagtailadmin_pages:edit", args=[article.pk])).content.decode()
    assert "Send to Medical review again" in page
    assert "Restart workflow" not in page
