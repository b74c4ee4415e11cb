"""The history of the site tells each role of its own part, names of colleagues included."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.log_actions import log

from clinic_site.accounts.roles import Role
from tests.factories import make_article, make_user

pytestmark = pytest.mark.usefixtures("clinic")
ADDRESSES = [reverse(f"wagtailadmin_reports:site_history{part}") for part in ("", "_results")]


@pytest.mark.parametrize("role", [Role.PRACTITIONERS, Role.MODERATORS, Role.FRONT_DESK])
def test_nobody_is_told_the_name_of_whose_work_they_may_not_see(client: Client, role: str) -> None:
    log(make_article(), "wagtail.edit", user=make_user("Editors", username="narwhal"))
    client.force_login(make_user(role))
    for address in ADDRESSES:
        answer = client.get(address)
        assert answer.status_code == 200
        assert "narwhal" not in answer.content.decode()


def test_an_editor_finds_what_a_colleague_did(client: Client) -> None:
    log(make_article(), "wagtail.edit", user=make_user("Editors", username="narwhal"))
    client.force_login(make_user("Editors"))
    assert 'name="user"' in client.get(ADDRESSES[0]).content.decode()
    assert "narwhal" in client.get(ADDRESSES[0]).content.decode()
