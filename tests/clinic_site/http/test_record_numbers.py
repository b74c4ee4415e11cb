"""An address with a number that no record can have is not found, by whoever asks."""

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.converters import IntConverter

from tests.factories import make_clinic, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

LARGE = 99999999999999999999
ROLES = ["Front desk", "Editors"]


def numbered(patterns: list[URLPattern | URLResolver], above: tuple[str, ...] = ()) -> list[str]:
    """Return the names of all addresses that hold nothing but one number."""
    found = []
    for each in patterns:
        if isinstance(each, URLResolver):
            within = (*above, each.namespace) if each.namespace else above
            found += numbered(each.url_patterns, within)
        elif [type(one) for one in each.pattern.converters.values()] == [IntConverter]:
            found.append(":".join((*above, each.name)))
    return sorted(set(found))


@pytest.mark.parametrize("role", ROLES)
def test_it_is_not_found_at_any_address(client: Client, role: str) -> None:
    make_clinic()
    client.force_login(make_user(role))
    names = numbered(get_resolver().url_patterns)
    assert len(names) > 50
    for name in names:
        assert client.get(reverse(name, args=[LARGE])).status_code in (404, 405), name


@pytest.mark.parametrize("number", [str(LARGE), "9" * 4000])
def test_neither_is_one_that_is_taken_for_text(client: Client, number: str) -> None:
    make_clinic()
    client.force_login(make_user("Owners"))
    address = reverse("wagtailsnippets_clinic_person:edit", args=[number])
    assert client.get(address).status_code in (404, 414)
