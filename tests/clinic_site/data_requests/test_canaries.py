"""Somebody goes through every form of the site and every screen of its staff, and is erased.

Then their words are nowhere: in no table, decrypted or not, and in no file.
"""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

from blog.models import ArticlePage
from booking.models import Practitioner, Service
from clinic_site.accounts.models import User
from clinic_site.mail.sending import send_due_emails
from clinic_site.pages.models.home import HomePage
from comments.models import Comment
from tests.clinic_site.data_requests import journey
from tests.clinic_site.data_requests.everything import left_of

pytestmark = [pytest.mark.django_db(transaction=True, serialized_rollback=True), pytest.mark.search]


def test_after_an_erasure_nothing_of_somebody_is_anywhere(
    town: ArticlePage, service: Service, robin: Practitioner, owner: User, var_dir: Path
) -> None:
    owners = journey.leave_something_everywhere(town, service, robin, owner)
    journey.comes_to_a_class(robin, owner)
    journey.praised(HomePage.objects.get(), owner)
    send_due_emails()
    journey.errors()
    before = {canary for _place, canary in left_of(journey.CANARIES)}
    assert before == {*journey.CANARIES}, "each of them was somewhere"

    call_command("person", "erase", journey.EMAIL, "--yes")
    owners.post("/admin/people-data/", {"text": "nobody@patient.example"})

    assert left_of(journey.CANARIES) == []
    assert "I can tie my shoes." in Client().get("/").content.decode()
    assert Comment.objects.filter(name="Ana", state="approved").exists()
