"""A form that no page of Wagtail's sends is refused in words, and never a mistake of the site's."""

from collections.abc import Callable
from datetime import time
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import DataError, IntegrityError, OperationalError
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from taggit.models import Tag

from blog.models import ArticlePage
from blog.review.task import medical_review
from clinic_site.accounts.models import User
from clinic_site.admin.malformed_forms import MalformedFormMiddleware, kind_of, place_in_wagtail
from clinic_site.clinic.models import Person
from tests.admin.forms import Screen
from tests.blog.editor_form import form_of
from tests.factories import make_article, make_image, make_person, make_user

pytestmark = pytest.mark.usefixtures("clinic")

OURS = {"HTTP_SEC_FETCH_SITE": "same-origin"}
RANGE_OF_NOTHING = (
    '{"blocks": [{"key": "a", "type": "unstyled", "depth": 0, "text": "a", "inlineStyleRanges": [],'
    '"entityRanges": [{"key": 7, "offset": 0, "length": 1}]}], "entityMap": {}}'
)


@pytest.fixture
def article(client: Client, clinic: Any) -> ArticlePage:
    """One that its editor has open."""
    article = make_article(live=False)
    article.save_revision()
    client.force_login(make_user("Editors"))
    return article


def send(client: Client, article: ArticlePage, form: dict[str, Any]) -> Any:
    body = urlencode(form, doseq=True, errors="surrogatepass")
    address = reverse("wagtailadmin_pages:edit", args=[article.pk])
    urlencoded = "application/x-www-form-urlencoded"
    return client.post(address, body, content_type=urlencoded, **OURS)


def test_a_page_sent_without_its_body_is_kept_in_view(client: Client, article: ArticlePage) -> None:
    """Its fields are made by a script, which did not run."""
    form = form_of(client, article, title="Sitting all day")
    sent = {name: value for name, value in form.items() if not name.startswith("body-")}
    answer = send(client, article, sent)
    assert answer.status_code == 400
    html = answer.content.decode()
    assert "Nothing was saved" in html
    assert "Sitting all day" in html
    article.refresh_from_db()
    assert article.latest_revision.content["title"] != "Sitting all day"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("body-count", "many"),
        ("body-count", "9" * 30),
        ("body-0-order", "\ud800"),
        ("body-0-value", "{}"),
        ("body-0-value", "[1]"),
        ("body-0-value", '{"blocks": 1, "entityMap": null}'),
        ("body-0-value", RANGE_OF_NOTHING),
        ("comments-TOTAL_FORMS", "9" * 30),
        ("author", "9" * 30),
        ("loaded_revision_id", "abc"),
        ("decided_so_far", "a" * 10_000),
    ],
)
def test_a_field_of_another_kind_is_no_mistake_of_the_sites(
    client: Client, article: ArticlePage, field: str, value: str
) -> None:
    form = form_of(client, article) | {field: value}
    assert send(client, article, form).status_code in (200, 302, 400)


def test_two_blocks_at_one_place_are_no_mistake_of_the_sites(
    client: Client, article: ArticlePage
) -> None:
    form = form_of(client, article)
    first = {name: value for name, value in form.items() if name.startswith("body-0-")}
    again = {name.replace("body-0-", "body-1-"): value for name, value in first.items()}
    answer = send(client, article, form | again | {"body-count": "2"})
    assert answer.status_code in (200, 302, 400)


@pytest.mark.parametrize(
    "address",
    [
        reverse("wagtailadmin_choose_page_external_link"),
        reverse("wagtailredirects:process_import"),
    ],
)
def test_no_field_at_all_is_no_mistake_of_the_sites(
    client: Client, article: ArticlePage, address: str
) -> None:
    assert client.post(address).status_code == 400


def test_a_window_is_told_in_its_own_way(client: Client, article: ArticlePage) -> None:
    address = reverse("wagtailadmin_choose_page_external_link")
    answer = client.post(address, headers={"accept": "application/json"})
    assert (answer.status_code, answer.json()["error_code"]) == (400, "malformed")


@pytest.mark.parametrize(
    "address",
    [
        reverse("wagtailadmin_choose_page_chosen_multiple") + "?id=abc",
        reverse("wagtail_bulk_action", args=["wagtailcore", "page", "move"]) + "?id=abc",
        reverse("wagtail_bulk_action", args=["no", "such", "thing"]),
        reverse("wagtailimages_chooser:chosen_multiple") + f"?id={'9' * 30}",
        reverse("wagtailimages:index") + f"?collection_id={'9' * 30}",
        reverse("wagtailadmin_api:pages:listing") + "?child_of=abc",
    ],
)
def test_an_id_that_is_none_is_no_mistake_of_the_sites(
    client: Client, article: ArticlePage, address: str
) -> None:
    assert client.get(address).status_code in (200, 302, 400, 404)


@pytest.mark.parametrize("following", ["abc", "29:61", "a\0b", "-1"])
def test_a_next_address_that_is_none_loses_nothing_that_was_done(
    client: Client, article: ArticlePage, following: str
) -> None:
    """Views lead there once they have saved, so it is too late to refuse it by then."""
    person = make_person()
    address = reverse("wagtail_bulk_action", args=["clinic", "person", "delete"])
    answer = client.post(f"{address}?id={person.pk}", {"next": following})
    assert answer.status_code == 302
    assert not Person.objects.filter(pk=person.pk).exists()


def test_a_next_address_is_followed(client: Client, article: ArticlePage) -> None:
    address = reverse("wagtail_bulk_action", args=["clinic", "person", "delete"])
    answer = client.post(f"{address}?id={make_person().pk}&next=/admin/images/")
    assert answer["Location"] == "/admin/images/"


@pytest.mark.parametrize("count", ["1000000000", str(2**63 - 1), "9" * 30, "2000", "1_000.0"])
def test_rows_that_are_counted_and_not_sent_are_not_made(
    client: Client, clinic: Any, count: str
) -> None:
    """Django would make two thousand forms out of nothing, and be busy with them for a minute."""
    client.force_login(make_user("Owners"))
    address = reverse("location:edit", args=[clinic.location.pk])
    form = {"name": "Elm Street", "opening_hours-TOTAL_FORMS": count}
    answer = client.post(address, form, **OURS)
    assert answer.status_code == 400
    assert "Elm Street" in answer.content.decode()


def test_the_id_of_a_row_that_is_none_is_no_mistake_of_the_sites(
    client: Client, clinic: Any
) -> None:
    client.force_login(make_user("Owners"))
    address = reverse("location:edit", args=[clinic.location.pk])
    form = {f"opening_hours-{name}_FORMS": "1" for name in ("TOTAL", "INITIAL")}
    answer = client.post(address, form | {"opening_hours-0-id": "a\0b\r\n"})
    assert answer.status_code == 400


def test_what_somebody_has_added_meanwhile_is_not_added_twice(client: Client, clinic: Any) -> None:
    client.force_login(make_user("Owners"))
    address = reverse("location:edit", args=[clinic.location.pk])
    screen = Screen(client.get(address), address)
    form = dict(next(each.fields for each in screen.forms if each.path == address)) | {
        "opening_hours-TOTAL_FORMS": "6",
        "opening_hours-5-weekday": "5",
        "opening_hours-5-opens": "09:00",
        "opening_hours-5-closes": "12:00",
    }
    clinic.location.opening_hours.create(weekday=5, opens=time(9), closes=time(13))
    clinic.location.save()
    answer = client.post(address, form | {"name": "Elm Street"}, **OURS)
    assert answer.status_code == 400
    assert "someone just added the same thing" in answer.content.decode()
    clinic.location.refresh_from_db()
    assert clinic.location.name != "Elm Street"
    assert clinic.location.opening_hours.count() == 6


def test_what_the_database_finds_too_long_is_told_so(client: Client) -> None:
    """PostgreSQL holds a tag to its length, and SQLite looks for no text as long as that."""
    client.force_login(User.objects.create_superuser("root"))
    Tag.objects.create(name="yak")  # the new one is compared with
    address = reverse("wagtail_bulk_action", args=["images", "siteimage", "add_tags"])
    address = f"{address}?id={make_image().pk}"
    answer = client.post(address, {"tags": "walrus" * 10_000}, **OURS)
    assert answer.status_code == 400
    assert "too long or too large" in answer.content.decode()
    assert Tag.objects.get().name == "yak"


@pytest.mark.parametrize(
    "error",
    [
        DataError("value too long for type character varying(3)"),
        DataError("smallint out of range"),
        OperationalError("database is locked"),
        IntegrityError("UNIQUE constraint failed"),
    ],
)
def test_only_what_wagtail_was_sent_can_be_too_much(error: Exception) -> None:
    sent: HttpRequest = RequestFactory().post("/admin/", {"title": "abc", "port": "80"})
    asked: HttpRequest = RequestFactory().get("/admin/?title=abc")
    assert kind_of(error, asked) is None
    too_much: HttpRequest = RequestFactory().post("/admin/", {"title": "abcd", "port": str(2**31)})
    assert (kind_of(error, too_much) is None) == isinstance(error, OperationalError)
    assert (kind_of(error, sent) is None) != isinstance(error, IntegrityError)


def test_a_page_that_is_not_there_is_no_mistake_of_the_sites(
    client: Client, article: ArticlePage
) -> None:
    address = reverse("wagtailadmin_pages:copy", args=[article.pk])
    assert client.post(address, {"new_parent_page": "-1"}).status_code == 400


@pytest.mark.parametrize("number", ["abc", "x" * 250, "é'" * 150, "9" * 5000, "-" + "9" * 5000])
def test_a_number_that_is_none_is_no_mistake_of_the_sites(client: Client, number: str) -> None:
    """Python's `int` cuts what it cannot read, or leaves it out, when it says so."""
    client.force_login(User.objects.create_superuser("root"))
    address = reverse("wagtailadmin_workflows:edit", args=[medical_review().pk])
    assert client.get(address, {"p": number}).status_code == HTTPStatus.BAD_REQUEST


def test_the_page_of_a_list_that_is_not_there_is_no_mistake_of_the_sites(client: Client) -> None:
    client.force_login(User.objects.create_superuser("root"))
    address = reverse("wagtailadmin_workflows:edit", args=[medical_review().pk])
    assert client.get(f"{address}?p=999").status_code == 400


@pytest.mark.parametrize(
    "mistake",
    [
        lambda: MultiValueDict[str, str]()["title"],
        lambda: {}["nothing"],
        lambda: int("abc"),
    ],
)
def test_a_mistake_of_our_own_is_not_passed_off_as_the_senders(
    mistake: Callable[[], object],
) -> None:
    request: HttpRequest = RequestFactory().post("/admin/", {"title": "abc"})
    with pytest.raises((LookupError, ValueError)) as ours:
        mistake()
    assert place_in_wagtail(ours.value) == ""
    asked = MalformedFormMiddleware(lambda _request: None).process_exception  # type: ignore[arg-type, return-value]
    assert asked(request, ours.value) is None  # type: ignore[func-returns-value]
