"""Where something fails, the page says so and shows the clinic's phone number."""

from collections.abc import Iterator

import pytest
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path
from pytest_django import DjangoAssertNumQueries

from clinic_site import urls
from tests.factories import make_article, make_clinic

pytestmark = pytest.mark.django_db


def database_gone(request: HttpRequest) -> HttpResponse:
    raise OperationalError("could not connect")


def our_mistake(request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError


handler400, handler403, handler404, handler500 = (
    urls.handler400,
    urls.handler403,
    urls.handler404,
    urls.handler500,
)
urlpatterns = [
    path("database-gone/", database_gone),
    path("our-mistake/", our_mistake),
    *urls.urlpatterns,
]


@pytest.fixture
def reader(client: Client) -> Iterator[Client]:
    """Somebody who has read a page before things go wrong."""
    make_clinic()
    client.get("/")
    client.raise_request_exception = False
    with override_settings(ROOT_URLCONF=__name__):
        yield client


@pytest.mark.parametrize(
    ("address", "status"), [("/nowhere/", 404), ("/our-mistake/", 500), ("/database-gone/", 503)]
)
def test_an_error_page_shows_the_phone_number(reader: Client, address: str, status: int) -> None:
    response = reader.get(address)
    assert response.status_code == status
    assert "805-880-6533" in response.content.decode()


@pytest.mark.parametrize("address", ["/our-mistake/", "/database-gone/"])
def test_what_went_wrong_stands_in_the_log_and_on_no_page(
    reader: Client, address: str, caplog: pytest.LogCaptureFixture
) -> None:
    page = reader.get(address).content.decode()
    assert "Traceback" in caplog.text
    for word in ("Traceback", "ZeroDivision", "OperationalError", "could not connect", "views.py"):
        assert word not in page


def test_a_silent_database_is_worth_another_try(reader: Client) -> None:
    assert reader.get("/database-gone/").headers["Retry-After"] == "30"


def test_the_error_page_asks_no_database(
    reader: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        reader.get("/database-gone/")


def test_a_body_beyond_all_measure_is_refused_in_words(reader: Client) -> None:
    response = reader.post(f"/comments/{make_article().pk}/reply/", {"text": "x" * 3_000_000})
    assert response.status_code == 400
    assert "805-880-6533" in response.content.decode()
