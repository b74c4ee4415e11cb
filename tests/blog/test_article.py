from datetime import UTC, date, datetime

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from tests.factories import make_article, make_clinic, make_person

pytestmark = pytest.mark.usefixtures("clinic")


def test_an_article_tells_who_stands_for_it(client: Client) -> None:
    make_article(
        reviewer=make_person("Dana Whitfield", credentials="DPT"), reviewed_on=date(2026, 11, 9)
    )
    page = client.get("/fitness/psoas-so-what/").content.decode()
    for expected in (
        "<h1>Psoas? So What?!</h1>",
        "Robin Alvarez",
        "Dana Whitfield",
        "Nov. 9, 2026",
    ):
        assert expected in page


def test_a_reviewer_is_named_once_they_have_reviewed_it(client: Client) -> None:
    make_article(reviewer=make_person("Dana Whitfield"))
    assert "Dana Whitfield" not in client.get("/fitness/psoas-so-what/").content.decode()


@pytest.mark.parametrize(
    ("reviewed_on", "changed_on", "dates"),
    [
        (date(2026, 11, 14), 15, ["Published Nov. 15, 2026", "on Nov. 14, 2026"]),
        (date(2026, 11, 20), 21, ["Published Nov. 15, 2026", "on Nov. 20, 2026"]),
        (None, 15, ["Published Nov. 15, 2026"]),
        (None, 21, ["Published Nov. 15, 2026", "Updated Nov. 21, 2026"]),
    ],
)
def test_the_dates_are_those_of_publishing_and_review_and_of_later_changes_alone(
    client: Client, reviewed_on: date | None, changed_on: int, dates: list[str]
) -> None:
    make_article(
        reviewer=make_person("Dana Whitfield") if reviewed_on else None,
        reviewed_on=reviewed_on,
        first_published_at=datetime(2026, 11, 15, 18, tzinfo=UTC),
        last_published_at=datetime(2026, 11, changed_on, 19, tzinfo=UTC),
    )
    page = client.get("/fitness/psoas-so-what/").content.decode()
    byline = BeautifulSoup(page, "html.parser").select_one(".byline")
    assert byline
    said = " ".join(byline.get_text().split())
    assert all(words in said for words in dates)
    assert said.count("2026") == len(dates)


def test_breadcrumbs_lead_home_through_the_topic(client: Client) -> None:
    make_article()
    crumbs = client.get("/fitness/psoas-so-what/").context["breadcrumbs"]
    assert crumbs == [
        {"title": "Home", "url": "/"},
        {"title": "Fitness", "url": "/fitness/"},
        {"title": "Psoas? So What?!", "url": ""},
    ]


def test_every_page_shows_the_clinics_own_details(client: Client) -> None:
    make_article()
    for address in ("/", "/fitness/", "/fitness/psoas-so-what/", "/contact/", "/book/", "/x/"):
        page = client.get(address).content.decode()
        for fact in (
            "Motion Unlimited",
            "Posture. Strength. Mobility.",
            "1129 State Street, Suite #2",
            "Santa Barbara",
            "805-880-6533",
            "tel:+1-805-880-6533",
            'href="/book/"',
            "Book Appointment",
        ):
            assert fact in page, (address, fact)


def test_a_changed_record_changes_every_page(client: Client) -> None:
    make_clinic(name="Bodies at Ease")
    for address in ("/", "/contact/", "/book/"):
        page = client.get(address).content.decode()
        assert "Bodies at Ease" in page
        assert "Motion Unlimited" not in page


def test_a_draft_is_not_found(client: Client) -> None:
    make_article(live=False)
    assert client.get("/fitness/psoas-so-what/").status_code == 404
    assert "Psoas" not in client.get("/fitness/").content.decode()


def test_a_title_cannot_break_out_of_its_place(client: Client) -> None:
    make_article(title="</title><script>alert(1)</script>", slug="psoas-so-what")
    for address in ("/", "/fitness/", "/fitness/psoas-so-what/"):
        assert "<script>alert" not in client.get(address).content.decode()


def test_reading_time_counts_the_words_of_the_body() -> None:
    text = f"<p>{'word ' * 700}</p>"
    assert make_article(body=[("paragraph", text)]).reading_minutes == 4
