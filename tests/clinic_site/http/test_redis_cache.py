"""A shared cache that does not answer costs nobody a page."""

import pytest
from django.core.cache import caches
from django.test import Client, override_settings

from clinic_site.http.redis_cache import ForgivingRedisCache
from tests.factories import free_port, make_article, make_clinic

pytestmark = [pytest.mark.django_db, pytest.mark.search]


def away() -> dict[str, str]:
    """A cache on a port where nothing listens."""
    backend = f"{ForgivingRedisCache.__module__}.{ForgivingRedisCache.__qualname__}"
    return {"BACKEND": backend, "LOCATION": f"redis://127.0.0.1:{free_port()}/0"}


@pytest.mark.parametrize(
    "address", ["/", "/fitness/", "/fitness/psoas-so-what/", "/search/?q=hisp"]
)
def test_pages_are_served(client: Client, settings: object, address: str) -> None:
    make_clinic()
    make_article()
    with override_settings(CACHES={**settings.CACHES, "default": away()}):  # type: ignore[attr-defined]
        assert client.get(address).status_code == 200
        assert caches["default"].get("anything", "nothing") == "nothing"


def test_it_takes_no_serving_site_out(client: Client, settings: object) -> None:
    with override_settings(CACHES={**settings.CACHES, "default": away()}):  # type: ignore[attr-defined]
        answer = client.get("/readyz")
    assert (answer.status_code, answer.content) == (200, b"ready\n")
