"""An editor sees every section and block before choosing it, and every page before it is there."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, Site

from clinic_site.pages.models import ContactPage, HomePage, StandardPage, TeamPage
from tests.factories import make_clinic, make_image, make_person, make_user

pytestmark = pytest.mark.any_database

BLOCKS = [
    *HomePage.body.field.stream_block.child_blocks.values(),
    *StandardPage.body.field.stream_block.child_blocks.values(),
]


@pytest.fixture(autouse=True)
def _editor(db: None, client: Client) -> None:
    make_clinic()
    make_person()
    client.force_login(make_user("Editors"))


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: f"{type(block).__name__}")
def test_every_block_has_an_icon_a_description_and_a_preview(client: Client, block: Any) -> None:
    assert block.meta.icon != "placeholder"
    assert block.get_description()
    assert block.is_previewable
    for _with_and_without_a_picture in range(2):
        shown = client.get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})
        assert shown.status_code == 200
        assert "css/pages.css" in shown.content.decode()
        make_image()


@pytest.mark.parametrize("kind", [HomePage, ContactPage, TeamPage, StandardPage])
def test_a_page_is_previewed_before_it_was_ever_saved(client: Client, kind: type[Page]) -> None:
    # There is one home page and one contact page: those of the site give way.
    parent = Page.get_first_root_node() if kind is HomePage else HomePage.objects.get()
    if kind is HomePage:
        Site.objects.update(is_default_site=False)
        Site.objects.all().delete()
    kind.objects.all().delete()
    parent = Page.objects.get(pk=parent.pk)
    address = reverse(
        "wagtailadmin_pages:preview_on_add", args=("pages", kind._meta.model_name, parent.pk)
    )
    form = {"title": "Not yet saved", "slug": "new", "introduction": "null"}
    form |= {f"body-{part}": "0" for part in ("count",)}
    assert client.post(address, form).json() == {"is_valid": True, "is_available": True}
    shown = client.get(address)
    assert shown.status_code == 200
    if kind is not HomePage:
        assert "<h1>Not yet saved</h1>" in shown.content.decode()


@pytest.mark.parametrize("kind", [HomePage, ContactPage, TeamPage, StandardPage])
def test_a_draft_is_previewed_as_it_is(client: Client, kind: type[Page]) -> None:
    page = kind.objects.first() or HomePage.objects.get().add_child(
        instance=kind(title="There", slug="there")
    )
    page.title = "Changed since"
    if kind is HomePage:
        page.body = [("hero", {"headline": ""}), ("testimonials", {"heading": ""})]
    page.save_revision(clean=False)
    shown = client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
    assert shown.status_code == 200
    if kind is not HomePage:
        assert "Changed since" in shown.content.decode()
