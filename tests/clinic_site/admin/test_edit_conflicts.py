"""Two people have the same record open: the second is told before anything is written over."""

from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect

from booking.models import Practitioner, Service
from clinic_site.accounts.models import User
from clinic_site.clinic.models import ClinicDetails, Closure, Location
from comments.models import CannedReply
from tests.booking.factories import make_service
from tests.factories import make_image, make_person, make_user


def person() -> tuple[str, Model, str]:
    somebody = make_person()
    return "wagtailsnippets_clinic_person:edit", somebody, "role"


def location() -> tuple[str, Model, str]:
    return "location:edit", Location.objects.get(), "street"


def service() -> tuple[str, Model, str]:
    return "services:edit", make_service(), "price_text"


def canned_reply() -> tuple[str, Model, str]:
    ready = CannedReply.objects.create(title="Thanks", text="Thank you.")
    return "ready_replies:edit", ready, "text"


def details() -> tuple[str, Model, str]:
    return "wagtailsettings:edit", ClinicDetails.load(), "tagline"


def closure() -> tuple[str, Model, str]:
    day = timezone.localdate()
    return "closures:edit", Closure.objects.create(first_day=day, last_day=day), "reason"


def image() -> tuple[str, Model, str]:
    return "wagtailimages:edit", make_image(), "title"


def account() -> tuple[str, Model, str]:
    return "wagtailusers_users:edit", make_user("Editors", last_name="Ortiz"), "first_name"


KINDS = [person, location, service, canned_reply, details, closure, image, account]
SAMS = "https://sam.example/"


@pytest.fixture
def sam(clinic: None) -> User:
    return make_user("Owners", username="sam", first_name="Sam", last_name="Rivera")


@pytest.fixture
def two(client: Client, sam: User) -> tuple[Client, Client]:
    """Kim and Sam, each in a browser of their own."""
    client.force_login(make_user("Owners", username="kim"))
    other = Client()
    other.force_login(sam)
    return client, other


def address_of(name: str, record: Any) -> str:
    if name.startswith("wagtailsettings"):
        return reverse(name, args=[record._meta.app_label, record._meta.model_name, record.pk])
    return reverse(name, args=[record.pk])


def opened(client: Client, address: str) -> dict[str, str]:
    """What a browser sends of the form when nothing is typed."""
    return filled(client.get(address).content)


def filled(page: bytes) -> dict[str, str]:
    form = BeautifulSoup(page, "html.parser").find(id="w-editor-form") or BeautifulSoup(
        page, "html.parser"
    ).find("form", attrs={"data-edit-form": True})
    sent = {}
    for field in form.select("input[name], textarea[name], select[name]"):
        if field.name == "textarea":
            sent[field["name"]] = field.text.removeprefix("\n")
        elif field.name == "select":
            chosen = field.find("option", selected=True)
            sent[field["name"]] = chosen["value"] if chosen else ""
        elif field.get("type") not in ("checkbox", "radio", "submit") or field.has_attr("checked"):
            sent[field["name"]] = field.get("value", "")
    return sent


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.slow
def test_who_saves_over_a_newer_version_is_told_whose_it_is(
    two: tuple[Client, Client], kind: Callable[[], tuple[str, Any, str]]
) -> None:
    kim, sam = two
    name, record, field = kind()
    address = address_of(name, record)
    mine = opened(kim, address) | {field: "Kim’s words"}
    assert sam.post(address, opened(sam, address) | {field: "Sam’s words"}).status_code == 302
    answer = kim.post(address, mine)
    assert "Sam Rivera saved a newer version (" in unescape(answer.content.decode())
    assert filled(answer.content)[field] == "Kim’s words", "what was typed is kept"
    record.refresh_from_db()
    assert getattr(record, field) == "Sam’s words"
    assert kim.post(address, filled(answer.content)).status_code == 302
    record.refresh_from_db()
    assert getattr(record, field) == "Kim’s words"


def test_who_saves_over_a_newer_redirect_is_told(two: tuple[Client, Client]) -> None:
    kim, sam = two
    kept = Redirect.objects.create(old_path="/hips", redirect_link="https://fit.example/")
    address = address_of("wagtailredirects:edit", kept)
    mine = opened(kim, address) | {"redirect_link": "https://kim.example/"}
    assert sam.post(address, opened(sam, address) | {"redirect_link": SAMS}).status_code == 302
    assert "saved a newer version (" in kim.post(address, mine).content.decode()
    kept.refresh_from_db()
    assert kept.redirect_link == SAMS


def test_a_double_press_is_one_wish(two: tuple[Client, Client]) -> None:
    kim, _sam = two
    name, record, field = service()
    address = address_of(name, record)
    mine = opened(kim, address) | {field: "$200"}
    assert [kim.post(address, mine).status_code for _press in range(2)] == [302, 302]


def test_the_rows_of_a_practitioner_count_as_well(two: tuple[Client, Client]) -> None:
    kim, sam = two
    practitioner = Practitioner.objects.create(person=make_person())
    offered: Service = make_service()
    address = reverse("practitioners:edit", args=[practitioner.pk])
    mine, theirs = opened(kim, address), opened(sam, address)
    sam.post(address, {name: value for name, value in theirs.items() if name != "active"})
    place = Location.objects.get()
    answer = kim.post(address, mine | {f"services-{place.pk}": offered.pk})
    assert "Sam Rivera saved a newer version" in answer.content.decode()
    assert not practitioner.assignments.exists()
    assert kim.post(address, filled(answer.content)).status_code == 302
    assert practitioner.assignments.get().service == offered
