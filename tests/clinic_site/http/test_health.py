"""A load balancer learns whether a process is alive, and whether the site can do its work."""

import sqlite3
from collections.abc import Iterator

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from clinic_site.http import health
from clinic_site.http.models import RateLimitCount


@pytest.fixture(autouse=True)
def _asked_by_nobody_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "_last_readiness", health.Readiness())


def test_healthz_answers_without_a_database(client: Client) -> None:
    # No `django_db` mark: a query would fail this test.
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")


@pytest.mark.django_db
def test_readyz_writes_a_row_and_leaves_none(client: Client) -> None:
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (200, b"ready\n")
    assert not RateLimitCount.objects.exists()


@pytest.mark.django_db
def test_the_database_is_asked_once_in_ten_seconds(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.get("/readyz")
    with django_assert_num_queries(0):
        assert client.get("/readyz").status_code == 200


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
@pytest.mark.django_db
def test_only_reading_is_allowed(client: Client, address: str) -> None:
    assert client.post(address).status_code == 405


@pytest.mark.django_db
def test_readyz_says_what_is_missing(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "_migrated", False)
    newest = MigrationLoader(connection).graph.leaf_nodes("comments")[0]
    MigrationRecorder(connection).record_unapplied(*newest)
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (503, b"database: migrations are missing\n")


@pytest.fixture
def locked() -> Iterator[None]:
    """Somebody else holds the lock of every writer, and does not let go of it."""
    if connection.vendor != "sqlite":
        pytest.skip("on PostgreSQL a writer locks no other table")
    other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield
    other.execute("ROLLBACK")
    other.close()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_readyz_says_so_when_nothing_can_be_written(client: Client, locked: None) -> None:
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (503, b"database: takes no row\n")


@pytest.mark.django_db
def test_readyz_says_so_when_the_disk_is_almost_full(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "FREE_BYTES", 2**60)
    monkeypatch.setattr(health, "FREE_SHARE", 1.1)
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (503, b"disk: almost full\n")
