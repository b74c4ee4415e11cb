"""All comments are found again and taken away as tables; addresses only by who may see them."""

import csv
from io import BytesIO

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from openpyxl import load_workbook
from wagtail.models import ModelLogEntry

from blog.models import ArticlePage
from clinic_site.accounts.models import User
from clinic_site.admin.viewsets import CappedPaginator
from comments.actions.decisions import approve, reject
from comments.models import Comment
from tests.comments.factories import ADDRESS, confirmed, make_comment
from tests.comments.moderator_pages import QUEUE, said, soup_of
from tests.factories import make_article, make_user

pytestmark = pytest.mark.search

ALL = f"{QUEUE}all/"


def listed(client: Client, **asked: object) -> list[str]:
    page = client.get(ALL, asked)
    assert page.status_code == 200
    return [row.text.strip() for row in soup_of(page).select("td.title .title-wrapper a")]


@pytest.fixture
def reader_of_comments(client: Client, article: ArticlePage) -> Client:
    """Somebody who may see comments and no addresses."""
    user = make_user("Practitioners")
    assert isinstance(user, User)
    user.user_permissions.set(Permission.objects.filter(codename="view_comment"))
    client.force_login(user)
    return client


@pytest.mark.parametrize("written", ["émilie", "EMILIE", "ozt", "öztürk hips", "injuries", "Łódź"])
def test_a_comment_is_found_by_the_words_that_the_search_finds(
    moderator: Client, article: ArticlePage, written: str
) -> None:
    make_comment(article, name="Walt", text="Nothing of the kind")
    make_comment(article, name="Émilie Öztürk", text="From Łódź: my hip, émilie öztürk’s injury.")
    assert listed(moderator, q=written) == ["From Łódź: my hip, émilie öztürk’s injury."]
    assert len(listed(moderator, person="OZTURK")) == 1


def test_what_finds_a_comment_goes_with_its_words(article: ArticlePage) -> None:
    one = make_comment(article, name="Émilie", text="My knee")
    Comment.objects.filter(pk=one.pk).update(text="My hip")
    assert Comment.objects.matching("hips").get() == one
    assert not Comment.objects.matching("knee").exists()
    Comment.objects.all().erase()
    one.refresh_from_db()
    assert (one.name_words, one.text_words) == ("", "")


@pytest.fixture
def three(article: ArticlePage, staff: User) -> list[Comment]:
    other = make_article("Hips and how to keep them")
    made = [
        make_comment(article, name="Noor", text="One", wants_replies=True),
        make_comment(article, name="Walt", text="Two", email="walt@reader.example"),
        make_comment(other, name="Noor B.", text="Three", wants_replies=True),
    ]
    approve(confirmed(made[0]), by=staff)
    reject(made[1], by=staff)
    return made


def test_they_are_found_by_words_state_article_and_person(
    moderator: Client, three: list[Comment]
) -> None:
    assert listed(moderator) == ["Three", "Two", "One"]
    assert listed(moderator, q="tw") == ["Two"]
    assert listed(moderator, state="rejected") == ["Two"]
    assert listed(moderator, article="hips") == ["Three"]
    assert listed(moderator, person="noor") == ["Three", "One"]
    assert listed(moderator, person=ADDRESS.upper()) == ["Three", "One"]
    assert listed(moderator, same_person_as=three[0].pk) == ["Three", "One"]
    assert listed(moderator, same_person_as=three[1].pk) == ["Two"]  # its address is gone


@pytest.mark.parametrize(
    "typed", ['"', "%", "x" * 5000, "' OR 1=1 --", "9" * 40, "@", "\ud83d\ude00"]
)
def test_no_search_breaks_the_list(moderator: Client, three: list[Comment], typed: str) -> None:
    typed = typed.encode("utf-16", "surrogatepass").decode("utf-16")
    for name in ("q", "state", "article", "person", "same_person_as", "since", "p", "ordering"):
        assert moderator.get(ALL, {name: typed}).status_code == 200
        assert moderator.get(f"{ALL}results/", {name: typed}).status_code == 200


def test_who_may_not_see_addresses_finds_nobody_by_one(
    reader_of_comments: Client, three: list[Comment]
) -> None:
    assert listed(reader_of_comments, person=ADDRESS) == []
    assert ADDRESS not in reader_of_comments.get(ALL).content.decode()


def exported(client: Client, kind: str) -> list[list[object]]:
    response = client.get(ALL, {"export": kind})
    assert response["Content-Disposition"].startswith("attachment")
    content = b"".join(response.streaming_content)  # type: ignore[attr-defined]
    if kind == "csv":
        return list(csv.reader(content.decode().removeprefix("\ufeff").splitlines()))
    rows = load_workbook(BytesIO(content)).active.iter_rows(values_only=True)
    return [list(row) for row in rows]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_table_holds_addresses_only_for_who_may_see_them(
    moderator: Client, three: list[Comment], kind: str
) -> None:
    heading, *rows = exported(moderator, kind)
    assert heading[-1] == "Email"
    assert [row[-1] or "" for row in rows] == [ADDRESS, "", ADDRESS]
    line = ModelLogEntry.objects.filter(action="comments.export").get()
    assert line.data == {"format": kind, "addresses": True, "narrowed_by": []}
    assert line.user == User.objects.get(username="moderators")


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_table_holds_none_for_others(
    reader_of_comments: Client, three: list[Comment], kind: str
) -> None:
    heading, *rows = exported(reader_of_comments, kind)
    assert "Email" not in heading
    assert "reader.example" not in str(rows)
    line = ModelLogEntry.objects.filter(action="comments.export").get()
    assert line.data["addresses"] is False


def test_a_table_holds_what_is_listed(moderator: Client, three: list[Comment]) -> None:
    response = moderator.get(ALL, {"export": "csv", "state": "rejected"})
    lines = b"".join(response.streaming_content).decode()  # type: ignore[attr-defined]
    assert "Two" in lines
    assert "Three" not in lines


def test_no_cell_of_a_table_is_a_formula(moderator: Client, article: ArticlePage) -> None:
    evil = '=HYPERLINK("http://evil.example")'
    make_comment(article, name="+1", text=evil)
    row = exported(moderator, "csv")[1]
    assert row[3:5] == ["'+1", f"'{evil}"]
    response = moderator.get(ALL, {"export": "xlsx"})
    book = load_workbook(BytesIO(b"".join(response.streaming_content)))  # type: ignore[attr-defined]
    types = {cell.data_type for row in book.active.iter_rows() for cell in row}
    assert "f" not in types
    assert book.active["E2"].value == evil


def test_the_list_counts_no_further_than_anybody_leafs(
    moderator: Client, three: list[Comment], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(CappedPaginator, "most", 2)
    assert "The first 2 comments; narrow the list to see others" in said(moderator.get(ALL))
