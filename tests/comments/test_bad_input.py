"""Bad input gets a clear error beside the field, and what was typed is kept."""

import json
import re
from datetime import UTC, datetime, timedelta

import defusedxml.ElementTree
import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client

from blog.models import ArticlePage
from clinic_site.accounts.models import User
from clinic_site.forms.public_form import FORM_TOKEN_AGE
from comments.actions.by_commenter import erase
from comments.actions.decisions import approve, reject
from comments.actions.retention import delete_due
from comments.actions.staff_replies import reply_as_staff
from comments.models import Comment, CommentDraft
from tests.comments.factories import make_comment
from tests.comments.test_submission import form_of
from tests.factories import make_article, make_clinic, make_topic, make_user


@pytest.fixture
def article(db: None) -> ArticlePage:
    make_clinic()
    return make_article()


def post(client: Client, article: ArticlePage, form: dict[str, object]) -> HttpResponse:
    return client.post(f"/comments/{article.pk}/reply/", form)


def refused(client: Client, article: ArticlePage, form: dict[str, object]) -> HttpResponse:
    """Send a form that cannot be taken; return the page that says why."""
    response = client.post(f"/comments/{article.pk}/reply/", form, follow=True)
    assert response.redirect_chain[-1][1] == 303
    assert "no-store" in response["Cache-Control"]
    return response


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "x" * 81),
        ("name", "You won, see http://evil.example/"),
        ("name", "Priya\nBcc: all@reader.example"),
        ("name", "Pri\x07ya"),
        ("name", "Pri\0ya"),
        ("email", ""),
        ("email", "priya"),
        ("email", '"\x01"@reader.example'),
        ("email", "priya@reader.example\nBcc: all@reader.example"),
        ("email", f"{'x' * 250}@reader.example"),
        ("text", ""),
        ("text", " \n\t "),
        ("text", "\u200b\u202e"),
        ("text", "\u200d\u2800\u3164"),
        ("name", "\u200d"),
        ("name", "a" + "\u0301\u0316" * 400_000),
        ("email", "a" + "\u0301\u0316" * 400_000),
        ("text", "x" * 5001),
        ("text", "x" * 1_000_000),
        ("text", "bell \x07"),
        ("text", "NUL \0"),
        ("text", "not a character \ufdd0"),
        ("name", "Pri\u2028ya"),
    ],
)
def test_a_mistake_is_told_beside_its_field_and_nothing_is_lost(
    client: Client, article: ArticlePage, field: str, value: str
) -> None:
    form = form_of(client, article) | {field: value}
    response = refused(client, article, form)
    assert list(response.context["form"].errors) == [field]
    assert response.context["form"]["text"].value() == form["text"][:50_000]
    page = response.content.decode()
    assert "<title>Error: " in page
    assert 'aria-invalid="true"' in page
    assert "There’s a problem" in page
    assert not Comment.objects.exists()


def test_the_limit_itself_is_allowed_and_a_line_end_counts_once(
    client: Client, article: ArticlePage
) -> None:
    post(client, article, form_of(client, article) | {"text": "x\r\n" * 2499 + "xx"})
    assert len(Comment.objects.get().text) == 5000


def test_what_is_pasted_from_anywhere_keeps_its_lines_and_flags(
    client: Client, article: ArticlePage
) -> None:
    england = "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"
    post(client, article, form_of(client, article) | {"text": f"From Word:\v{england}\x85👍🏽"})
    comment = Comment.objects.get()
    assert comment.text == f"From Word:\n{england}\n👍🏽"
    approve(comment, by=make_user("Moderators"))
    assert f"From Word:<br>{england}<br>👍🏽" in client.get(article.url).content.decode()


def test_scripts_are_shown_as_they_were_typed(client: Client, article: ArticlePage) -> None:
    attack = "<script>alert(1)</script>"
    post(client, article, form_of(client, article) | {"name": attack, "text": attack})
    comment = Comment.objects.get()
    approve(comment, by=make_user("Moderators"))
    page = client.get(article.url).content.decode()
    assert attack not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_a_direction_override_cannot_rewrite_a_name(client: Client, article: ArticlePage) -> None:
    post(client, article, form_of(client, article) | {"name": "Pat\u202egnp.exe"})
    assert Comment.objects.get().name == "Patgnp.exe"


@pytest.mark.parametrize("form_token", ["", "x", "a:b:c", "\0"])
def test_a_form_that_is_not_ours_is_offered_again_with_its_text(
    client: Client, article: ArticlePage, form_token: str
) -> None:
    response = refused(client, article, form_of(client, article) | {"form_token": form_token})
    assert not Comment.objects.exists()
    again = response.context["form"]
    assert again["text"].value() == "It clicked for me."
    form = form_of(client, article) | {"form_token": again["form_token"].value()}
    assert post(client, article, form).status_code == 303


def test_a_form_token_for_another_page_is_refused(client: Client, article: ArticlePage) -> None:
    other = make_article("Another", make_topic("Posture"))
    post(client, article, form_of(client, other))
    assert not Comment.objects.exists()


def test_a_form_that_was_open_for_days_is_taken(client: Client, article: ArticlePage) -> None:
    with time_machine.travel(datetime.now(UTC) - FORM_TOKEN_AGE + timedelta(minutes=1)):
        form = form_of(client, article)
    assert post(client, article, form).status_code == 303


def test_a_form_token_from_the_future_is_offered_again(
    client: Client, article: ArticlePage
) -> None:
    with time_machine.travel(datetime.now(UTC) + timedelta(days=1)):
        form = form_of(client, article)
    response = refused(client, article, form)
    assert response.context["form"]["text"].value() == "It clicked for me."
    assert not Comment.objects.exists()


def test_clocks_of_two_machines_may_differ_a_little(client: Client, article: ArticlePage) -> None:
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=2)):
        form = form_of(client, article)
    assert post(client, article, form).status_code == 303


def test_a_form_that_is_older_than_that_is_offered_again(
    client: Client, article: ArticlePage
) -> None:
    with time_machine.travel(datetime.now(UTC) - FORM_TOKEN_AGE - timedelta(minutes=1)):
        form = form_of(client, article)
    assert "open for a long time" in refused(client, article, form).content.decode()
    assert not Comment.objects.exists()


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Origin": "http://testserver", "Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_post_from_another_site_is_refused(
    careful_client: Client, article: ArticlePage, headers: dict[str, str]
) -> None:
    form = form_of(careful_client, article)
    response = careful_client.post(f"/comments/{article.pk}/reply/", form, headers=headers)
    assert response.status_code == 403
    assert "805-880-6533" in response.content.decode()
    assert not Comment.objects.exists()


def test_a_post_without_any_token_stores_nothing(
    careful_client: Client, article: ArticlePage
) -> None:
    form = {"name": "Priya", "email": "p@reader.example", "text": "Hello"}
    response = refused(careful_client, article, form)
    assert response.context["form"]["text"].value() == "Hello"
    assert not Comment.objects.exists()


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_refused(client: Client, article: ArticlePage, method: str) -> None:
    assert getattr(client, method)(f"/comments/{article.pk}/reply/").status_code == 405


def test_bytes_that_are_no_text_are_never_a_fault(client: Client, article: ArticlePage) -> None:
    form = form_of(client, article)
    for junk in ("%ED%A0%80", "%FF%FE", "%C0%80", "%00"):
        token = f"form_token={form['form_token']}"
        body = f"{token}&name=Priya{junk}&email=p@reader.example&text=Hello{junk}"
        response = client.post(
            f"/comments/{article.pk}/reply/",
            body,
            content_type="application/x-www-form-urlencoded",
        )
        assert response.status_code in (303, 400), junk


def test_missing_fields_are_told_and_the_rest_is_kept(client: Client, article: ArticlePage) -> None:
    form = form_of(client, article)
    for missing in ("name", "email", "text", "form_token"):
        rest = {field: value for field, value in form.items() if field != missing}
        page = refused(client, article, rest).content.decode()
        assert "There’s a problem" in page
        for field in rest.keys() - {"form_token"}:
            assert rest[field] in page
    assert not Comment.objects.exists()


def test_json_is_not_a_form(client: Client, article: ArticlePage) -> None:
    response = client.post(
        f"/comments/{article.pk}/reply/", '{"name": "x"}', content_type="application/json"
    )
    assert response.status_code == 303
    assert not Comment.objects.exists()


def answered(article: ArticlePage, state: str, staff: User) -> object:
    """What a tampered or stale form may name as the comment that is answered."""
    other = make_article("Another", make_topic("Posture"))
    comment = make_comment(other if state == "elsewhere" else article)
    if state in ("elsewhere", "erased"):
        approve(comment, by=staff)
    if state == "rejected":
        reject(comment, by=staff)
    if state == "erased":
        erase(comment)
    return comment.pk


@pytest.mark.parametrize(
    "parent",
    ["pending", "rejected", "elsewhere", "erased", 999_999, "x", "-1", "1.5", "\0", "9" * 40, "٣"],
)
def test_what_answers_nothing_that_is_here_is_kept_and_can_stand_by_itself(
    client: Client, article: ArticlePage, staff: User, parent: object
) -> None:
    if str(parent).isalpha() and parent != "x":
        parent = answered(article, str(parent), staff)
    before = Comment.objects.count()
    opened = client.get(f"/comments/{article.pk}/reply/", {"parent": parent})
    assert opened.status_code == (400 if parent == "\0" else 200)
    form = form_of(client, article)
    response = refused(client, article, form | {"parent": str(parent)})
    page = response.content.decode()
    assert "The comment you replied to is no longer here." in page
    assert "It clicked for me." in page
    assert Comment.objects.count() == before
    again = response.context["form"]
    sent = {**form, "form_token": again["form_token"].value(), "parent": again["parent"].value()}
    assert post(client, article, sent).status_code == 303
    assert Comment.objects.latest("pk").parent_id is None


def test_a_replayed_form_adds_nothing(client: Client, article: ArticlePage, staff: User) -> None:
    form = form_of(client, article)
    post(client, article, form)
    reject(Comment.objects.get(), by=staff)
    for _time in range(3):
        assert post(client, article, form).status_code == 303
    assert Comment.objects.get().state == "rejected"


def test_scripts_and_marks_are_words_wherever_they_are_shown(
    client: Client, article: ArticlePage, staff: User
) -> None:
    attack = "</script><script>alert(1)</script>]]><!--\"'{{ 7|add:7 }}"
    approved = make_comment(article, name="Mallory", text=attack)
    Comment.objects.filter(pk=approved.pk).update(name=attack[:80])
    approved.refresh_from_db()
    approve(approved, by=staff)
    reply_as_staff(approved, text=attack, name="Sam", idempotency_key="r", by=staff)
    for address in (
        article.url,
        f"/comments/{article.pk}/reply/?parent={approved.pk}",
        f"/comments/{article.pk}/received/",
    ):
        page = client.get(address).content.decode()
        assert "<script>alert" not in page
        for data in re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.S):
            assert "alert" not in str(json.loads(data))
    feed = client.get("/feed/").content
    defusedxml.ElementTree.fromstring(feed)
    assert b"alert" not in feed


def test_a_doubled_field_counts_once(client: Client, article: ArticlePage) -> None:
    form: dict[str, object] = dict(form_of(client, article))
    post(client, article, form | {"name": ["One", "Two"]})
    assert Comment.objects.get().name == "Two"


def test_only_pages_that_ask_for_comments_take_them(client: Client, article: ArticlePage) -> None:
    draft = make_article("Draft", live=False)
    home, topic = article.get_parent().get_parent(), article.get_parent()
    form = form_of(client, article)
    for page_id in (draft.pk, home.pk, topic.pk, 999_999):
        for method in (client.get, client.post):
            assert method(f"/comments/{page_id}/reply/", form, follow=True).status_code == 404
        assert client.get(f"/comments/{page_id}/received/").status_code == 404
    assert not Comment.objects.exists()


def test_a_body_of_three_megabytes_is_refused_in_words(
    client: Client, article: ArticlePage
) -> None:
    response = post(client, article, form_of(client, article) | {"text": "x" * 3_000_000})
    assert response.status_code == 400
    assert "805-880-6533" in response.content.decode()


def test_what_was_typed_can_be_gone_back_to_until_it_is_sent(
    client: Client, article: ArticlePage
) -> None:
    form = form_of(client, article)
    again = post(client, article, form | {"email": ""})["Location"]
    assert "It clicked for me." not in again
    for _time in range(2):
        page = client.get(again)
        assert "It clicked for me." in page.content.decode()
        assert not page.cookies
    address = again.removesuffix("#problem")
    assert client.post(address, form | {"name": ""})["Location"] == again, "one draft"
    assert client.post(address, form)["Location"].endswith("/received/")
    page = client.get(address)
    assert "was sent, or is more than two hours old" in page.content.decode()
    assert "It clicked for me." not in page.content.decode()
    assert not CommentDraft.objects.exists()


def test_what_was_typed_is_kept_for_two_hours_and_readable_by_nobody(
    client: Client, article: ArticlePage
) -> None:
    form = form_of(client, article) | {"email": "priya@"}
    again = post(client, article, form)["Location"].removesuffix("#problem")
    row = str(list(CommentDraft.objects.extra(select={"raw": "text"}).values("raw", "token_hash")))
    for secret in ("clicked", "priya@", again.split("/")[4]):
        assert secret not in row
    with time_machine.travel(datetime.now(UTC) + timedelta(hours=2)):
        assert "It clicked for me." not in client.get(again).content.decode()
        delete_due(datetime.now(UTC))
    assert not CommentDraft.objects.exists()
