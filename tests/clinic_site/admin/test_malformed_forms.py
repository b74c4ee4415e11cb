"""A form that no page of Wagtail's sends is refused in words, and never a mistake of the site's."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils.datastructures import MultiValueDict

from blog.models import ArticlePage
from clinic_site.admin.malformed_forms import MalformedFormMiddleware, place_in_wagtail
from tests.blog.editor_form import form_of
from tests.factories import make_article, make_user

pytestmark = pytest.mark.usefixtures("clinic")

OURS = {"HTTP_SEC_FETCH_SITE": "same-origin"}


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
