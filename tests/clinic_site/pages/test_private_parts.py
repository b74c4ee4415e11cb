"""Private parts of Wagtail and Django that nothing else would notice; see `docs/wagtail.md`."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
import wagtail
from django.db import OperationalError, connection
from django.http import HttpRequest
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput, AdminTimeInput

from clinic_site.clinic.models.locations import Location
from clinic_site.pages.models import HomePage
from clinic_site.pages.views.errors import server_error
from tests.factories import FIGURE_ONE, figure, make_article, make_image, make_user

pytestmark = [pytest.mark.usefixtures("clinic"), pytest.mark.any_database, pytest.mark.search]

TEMPLATES = Path(__file__).parents[3] / "templates"
WAGTAIL = Path(wagtail.__file__).parent
DATA = ("application/json", "application/ld+json", "text/django-form-template")


class InlineScripts(HTMLParser):
    """Collects the scripts of a page that a browser would run and that stand in it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if tag == "script" and "src" not in named and named.get("type") not in DATA:
            self.found.append(str(self.getpos()))
        self.found += [f"{tag} {name}" for name in named if name.startswith("on")]


def test_no_form_of_the_admin_brings_an_inline_script(client: Client) -> None:
    """Choosers, panels with rows, dates: what the policy would stop and leave dead."""
    article = make_article(body=[figure(FIGURE_ONE, make_image())])
    client.force_login(make_user("Owners"))
    addresses = [
        reverse("wagtailadmin_pages:edit", args=[article.pk]),
        reverse("wagtailadmin_pages:edit", args=[HomePage.objects.get().pk]),
        reverse("location:edit", args=[Location.objects.get().pk]),
        "/admin/closures/new/",
    ]
    for address in addresses:
        response = client.get(address)
        assert response.status_code == 200, address
        html = response.content.decode()
        assert InlineScripts(html).found == [], address


@pytest.mark.parametrize("widget", [AdminDateInput, AdminTimeInput, AdminDateTimeInput])
def test_dates_and_times_bring_no_inline_script(widget: type) -> None:
    html = widget().render("day", None, {"id": "id_day"})
    assert InlineScripts(html).found == []
    assert 'data-target="id_day"' in html


@pytest.mark.parametrize(
    "ours",
    [
        file.relative_to(TEMPLATES)
        for folder in ("wagtailadmin", "wagtailcore")
        for file in sorted((TEMPLATES / folder).rglob("*.html"))
    ],
    ids=str,
)
def test_what_is_overridden_is_still_there(ours: Path) -> None:
    """Wagtail has a template of this name, and in it or above it the blocks that we fill."""
    package = {"wagtailadmin": "admin", "wagtailcore": ""}[ours.parts[0]]
    theirs = WAGTAIL / package / "templates" / ours
    assert theirs.is_file()
    written = (TEMPLATES / ours).read_text()
    if "{% extends" in written:
        above = theirs.read_text() + "".join(
            (WAGTAIL / "admin/templates" / name).read_text()
            for name in re.findall(r'\{% extends ["\']([^"\']+)', theirs.read_text())
        )
        for block in re.findall(r"\{% block (\w+)", written):
            assert f"{{% block {block}" in above


def test_wagtail_takes_the_site_that_it_is_given(client: Client) -> None:
    """Whose site it is comes from memory: an article asks nothing of the table of sites."""
    client.get(make_article("Sitting").url)
    article = make_article("Standing")
    client.get("/search/")  # what has changed is read anew
    with CaptureQueriesContext(connection) as asked:
        assert client.get(article.url).status_code == 200
    assert len(asked) > 3, "it was made anew"
    assert [query["sql"] for query in asked if 'FROM "wagtailcore_site"' in query["sql"]] == []


def test_a_query_that_sqlite_cannot_parse_is_no_outage() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("SQLite's own code")
    with pytest.raises(OperationalError) as raised, connection.cursor() as cursor:
        cursor.execute("SELECT nothing FROM nowhere")
    assert answer_to(raised.value) == 500
    assert answer_to(OperationalError("could not connect")) == 503


def answer_to(error: Exception) -> int:
    try:
        raise error
    except type(error):
        return server_error(HttpRequest()).status_code
