"""The privacy page tells what the program really holds."""

import pytest
from django.test import Client
from pytest_django import Settings

from clinic_site.privacy.register import personal_data_records
from tests.factories import make_clinic

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/privacy/", "/accessibility/"])
def test_the_page_answers_and_says_whom_to_ask(client: Client, address: str) -> None:
    make_clinic()
    page = client.get(address).content.decode()
    assert "desk@clinic.example" in page
    assert "tel:+1-805-880-6533" in page


def test_the_page_works_before_the_clinic_has_a_location(client: Client) -> None:
    assert client.get("/privacy/").status_code == 200


def test_every_record_is_told_in_full(client: Client) -> None:
    make_clinic()
    page = client.get("/privacy/").content.decode()
    assert personal_data_records()
    for record in personal_data_records():
        for words in (record.what, record.why, record.seen_by, record.until):
            assert str(words) in page


def test_nobody_but_staff_gets_a_cookie_and_its_time_is_told(
    client: Client, settings: Settings
) -> None:
    make_clinic()
    settings.SESSION_HOURS, settings.KNOWN_BROWSER_AGE = 7, 3 * 24 * 3600
    response = client.get("/privacy/")
    assert "for up to 7 hours" in response.content.decode()
    assert "for 3 days" in response.content.decode()
    assert not response.cookies


def test_the_policy_lets_no_page_ask_another_company(settings: Settings) -> None:
    allowed = {source for sources in settings.CONTENT_SECURITY_POLICY["DIRECTIVES"].values()
               for source in sources}  # fmt: skip
    assert allowed == {"'self'", "'none'"}
