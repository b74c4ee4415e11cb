"""Whatever the admin offers somebody leads somewhere."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from clinic_site.accounts.models import User
from clinic_site.accounts.roles import Role
from tests.factories import make_user

pytestmark = [pytest.mark.usefixtures("clinic"), pytest.mark.any_database]
SUPERUSER = "superuser"
NO_PLACES = ("/admin/logout/", "/admin/sprite/", "/admin/bulk/")
MENUS = "#wagtail-sidebar-props"


def offered(client: Client, address: str) -> set[str]:
    """Return the addresses that a screen leads to, by its menus as well."""
    page = BeautifulSoup(client.get(address).content, "html.parser")
    links = {str(link["href"]) for link in page.select("a[href]")}
    links |= set(texts(json.loads(page.select_one(MENUS).text)))
    return {link for link in links if link.startswith("/admin/") and not link.startswith(NO_PLACES)}


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from texts(part)


@pytest.mark.parametrize("who", [*Role, SUPERUSER])
@pytest.mark.slow
def test_everything_on_the_menus_and_the_dashboard_can_be_opened(client: Client, who: str) -> None:
    client.force_login(
        User.objects.create_superuser("root") if who == SUPERUSER else make_user(who)
    )
    links = offered(client, "/admin/")
    assert "/admin/account/" in links
    assert {link for link in links if client.get(link, follow=True).status_code != 200} == set()


@pytest.mark.slow
def test_the_search_offers_nothing_that_nobody_can_open(client: Client) -> None:
    client.force_login(User.objects.create_superuser("root"))
    links = offered(client, "/admin/users/?q=kim")
    assert any(link.startswith("/admin/pages/search/?") for link in links)
    assert {link for link in links if client.get(link, follow=True).status_code != 200} == set()
