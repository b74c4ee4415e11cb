"""Search engines and other sites read the same records that the page shows."""

import json
import re
from datetime import time
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from clinic_site.appearance.models import Appearance
from clinic_site.clinic.models.details import Specialty
from clinic_site.clinic.models.locations import OpeningHours
from clinic_site.images.renditions import make_due_renditions
from clinic_site.pages.schema_org import json_ld_script
from tests.booking.factories import make_service
from tests.factories import (
    FIGURE_ONE,
    figure,
    make_article,
    make_clinic,
    make_image,
    make_location,
    make_person,
    make_reviewer,
    make_team_page,
    publish_reviewed,
)

pytestmark = [pytest.mark.usefixtures("clinic"), pytest.mark.any_database]

ARTICLE = "/fitness/psoas-so-what/"
DATA = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
META = re.compile(r'<meta (?:property|name)="((?:og|twitter):[\w:]+)" content="([^"]*)">')
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")


@pytest.fixture
def bookable(clinic: Any) -> None:
    make_service()


@pytest.fixture(autouse=True)
def _address(settings: Settings) -> None:
    settings.BASE_URL = settings.WAGTAILADMIN_BASE_URL = "https://clinic.example"


def things_on(client: Client, address: str) -> dict[str, Any]:
    """Return the things that a page tells of, by their (last) type."""
    found = DATA.findall(client.get(address).content.decode())
    if not found:
        return {}
    (text,) = found
    graph = json.loads(text)
    assert graph["@context"] == "https://schema.org"
    return {thing["@type"][-1] if isinstance(thing["@type"], list) else thing["@type"]: thing
            for thing in graph["@graph"]}  # fmt: skip


def card_of(client: Client, address: str) -> dict[str, str]:
    return dict(META.findall(client.get(address).content.decode()))


def test_an_article_says_who_wrote_it_who_checked_it_and_when(client: Client) -> None:
    page = make_article(
        reviewer=make_reviewer("Dana Whitfield", credentials="DPT"),
        body=[figure(FIGURE_ONE, make_image())],
    )
    with time_machine.travel("2026-11-09 12:00-0800"):
        publish_reviewed(page)
    article = things_on(client, ARTICLE)["Article"]
    assert article["@type"] == ["MedicalWebPage", "Article"]
    assert article["url"] == f"https://clinic.example{ARTICLE}"
    assert article["headline"] == "Psoas? So What?!"
    assert article["description"].startswith("What the psoas does")
    assert article["author"]["@type"] == "Person"
    assert article["author"]["name"] == "Robin Alvarez"
    assert article["reviewedBy"]["honorificSuffix"] == "DPT"
    assert article["lastReviewed"] == "2026-11-09"
    assert INSTANT.fullmatch(article["datePublished"])
    assert INSTANT.fullmatch(article["dateModified"])
    assert article["image"]["url"].startswith("https://clinic.example/media/images/")
    assert (article["image"]["width"], article["image"]["height"]) == (1200, 630)
    assert article["publisher"]["@id"] == "https://clinic.example/#clinic"
    assert article["publisher"]["name"] == "Motion Unlimited"


def test_what_nobody_filled_in_is_left_out(client: Client) -> None:
    make_article()
    article = things_on(client, ARTICLE)["Article"]
    assert not {"reviewedBy", "lastReviewed", "image"} & set(article)
    assert "" not in article.values()
    assert None not in article.values()


def test_breadcrumbs_are_those_of_the_page(client: Client) -> None:
    make_article()
    crumbs = things_on(client, ARTICLE)["BreadcrumbList"]["itemListElement"]
    assert [(crumb["position"], crumb["name"], crumb["item"]) for crumb in crumbs] == [
        (1, "Home", "https://clinic.example/"),
        (2, "Fitness", "https://clinic.example/fitness/"),
        (3, "Psoas? So What?!", f"https://clinic.example{ARTICLE}"),
    ]
    assert "BreadcrumbList" in things_on(client, "/fitness/")
    assert "BreadcrumbList" not in things_on(client, "/")


@pytest.mark.parametrize("address", ["/", "/contact/"])
def test_the_clinic_is_where_its_record_says(client: Client, address: str) -> None:
    clinic = things_on(client, address)["MedicalClinic"]
    assert clinic["@id"] == "https://clinic.example/#clinic"
    assert clinic["name"] == "Motion Unlimited"
    assert clinic["url"] == "https://clinic.example/"
    assert clinic["telephone"] == "+18058806533"
    assert clinic["address"] == {
        "@type": "PostalAddress",
        "streetAddress": "1129 State Street, Suite #2",
        "addressLocality": "Santa Barbara",
        "addressRegion": "CA",
        "postalCode": "93101",
        "addressCountry": "US",
    }
    assert "geo" not in clinic


def test_opening_hours_name_the_days_that_share_them(client: Client) -> None:
    location = make_location(name="Second", latitude=Decimal("34.4236"), longitude=Decimal(0))
    OpeningHours.objects.create(location=location, weekday=5, opens=time(9), closes=time(13))
    make_clinic(location=location)
    clinic = things_on(client, "/contact/")["MedicalClinic"]
    week = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]
    assert clinic["openingHoursSpecification"] == [
        {"@type": "OpeningHoursSpecification", "dayOfWeek": days, "opens": "09:00", "closes": end}
        for days, end in ((["Saturday"], "13:00"), (week, "17:00"))
    ]
    assert clinic["geo"] == {"@type": "GeoCoordinates", "latitude": 34.4236, "longitude": 0.0}


@pytest.mark.parametrize(
    ("latitude", "longitude"), [("90.1", "0"), ("-91", "0"), ("0", "180.1"), ("34", None)]
)
def test_a_place_that_is_not_on_earth_is_refused(latitude: str, longitude: str | None) -> None:
    location = make_location(name="Nowhere")
    location.latitude = Decimal(latitude)
    location.longitude = Decimal(longitude) if longitude else None
    with pytest.raises(ValidationError):
        location.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        location.save()


NASTY = "</script><b>x</b><!-- ]]> &amp; \u2028\u2029 \"' \\u003C/script>"


def test_no_words_can_break_out_of_the_data() -> None:
    text = json_ld_script([{"name": NASTY}])
    inside = text.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert not set("<>&\u2028\u2029") & set(inside)
    assert json.loads(inside)["@graph"] == [{"name": NASTY}]


def test_a_title_that_tries_to_break_out_is_told_as_it_is(client: Client) -> None:
    make_article(title=NASTY, slug="psoas-so-what", summary=NASTY)
    assert things_on(client, ARTICLE)["Article"]["headline"] == NASTY
    assert "<b>x" not in client.get(ARTICLE).content.decode()


def test_a_shared_article_shows_its_picture(client: Client) -> None:
    image = make_image()
    image.description = "The psoas, drawn"
    image.save()
    make_article(image=image)
    card = card_of(client, ARTICLE)
    assert card["og:type"] == "article"
    assert card["og:title"] == "Psoas? So What?!"
    assert card["og:site_name"] == "Motion Unlimited"
    assert card["og:url"] == f"https://clinic.example{ARTICLE}"
    assert card["og:description"].startswith("What the psoas does")
    assert card["og:image"].startswith("https://clinic.example/media/images/")
    assert card["og:image"].endswith("fill-1200x630.format-jpeg.jpg")
    assert (card["og:image:width"], card["og:image:height"]) == ("1200", "630")
    assert card["og:image:alt"] == "The psoas, drawn"
    assert card["twitter:card"] == "summary_large_image"
    assert client.get(card["og:image"].removeprefix("https://clinic.example")).status_code == 200


@pytest.fixture
def mark() -> None:
    Appearance(mark=make_image("Our mark", (300, 300))).save()


@pytest.mark.parametrize("address", ["/", "/fitness/", "/contact/", ARTICLE])
def test_a_page_without_a_picture_shows_the_clinics_card(
    client: Client, mark: None, address: str
) -> None:
    make_article()
    card = card_of(client, address)
    assert card["og:image"].startswith("https://clinic.example/media/images/card-")
    assert client.get(card["og:image"].removeprefix("https://clinic.example")).status_code == 200
    assert card["og:image:alt"] == "Motion Unlimited"
    assert card["twitter:card"] == "summary_large_image"
    assert card["og:title"] != "Home"
    assert all(card.values()), card


def test_a_page_that_is_not_there_is_not_for_sharing(client: Client) -> None:
    assert card_of(client, "/nowhere/") == {}
    assert things_on(client, "/nowhere/") == {}


def test_a_form_about_an_article_is_not_the_article(client: Client) -> None:
    page = make_article()
    assert "Article" not in things_on(client, f"/comments/{page.pk}/reply/")


@pytest.mark.slow
def test_it_costs_no_query(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    make_article(
        image=make_image(),
        reviewer=make_person("Dana Whitfield"),
        body=[figure(FIGURE_ONE, make_image())],
    )
    make_due_renditions(timezone.now())
    client.get(ARTICLE)
    with django_assert_max_num_queries(12):
        client.get(f"{ARTICLE}?not=kept")


DESCRIPTION = re.compile(r'<meta name="description" content="([^"]+)">')


def test_every_kind_of_page_describes_itself_once(client: Client, bookable: None) -> None:
    article = make_article()
    make_team_page(introduction="<p>Four people.</p>")
    topic = article.get_parent().specific
    topic.introduction = "<p>Training that lasts.</p>"
    topic.save()
    found = {}
    for address in ("/", ARTICLE, "/fitness/", "/team/", "/book/", "/privacy/", "/accessibility/"):
        (found[address],) = DESCRIPTION.findall(client.get(address).content.decode())
    assert "Santa Barbara, CA" in found["/"], "people look for a clinic in their town"
    assert found["/fitness/"] == "Training that lasts."
    assert len(set(found.values())) == len(found)


def test_shared_pages_say_which_they_are(client: Client, bookable: None, mark: None) -> None:
    titles = {card_of(client, address)["og:title"] for address in ("/book/", "/privacy/")}
    assert titles == {"Book an appointment", "Privacy"}
    booking, privacy = (card_of(client, address) for address in ("/book/", "/privacy/"))
    assert booking["og:image"].endswith("/card-booking.png")
    assert "book online" in booking["og:description"]
    assert "/images/card-" in privacy["og:image"]
    assert "<title>Motion Unlimited – Posture. Strength. Mobility. – Santa Barbara</title>" in (
        client.get("/").content.decode()
    )


def test_the_home_page_says_what_the_clinic_is_and_where(client: Client) -> None:
    make_clinic(trade="posture and physical therapy")
    page = client.get("/").content.decode()
    title = "Motion Unlimited – Posture and physical therapy in Santa Barbara"
    assert f"<title>{title}</title>" in page
    [description] = DESCRIPTION.findall(page)
    assert "posture and physical therapy, Santa Barbara, CA" in description


def test_the_clinic_tells_its_specialty_prices_and_where_else_it_is(client: Client) -> None:
    make_clinic(
        specialty=Specialty.PHYSICAL_THERAPY,
        price_range="$25–$145",
        profiles_elsewhere="https://maps.example/us\n\nhttps://photos.example/motion",
    )
    clinic = things_on(client, "/")["MedicalClinic"]
    assert clinic["medicalSpecialty"] == "https://schema.org/Physiotherapy"
    assert clinic["priceRange"] == "$25–$145"
    assert clinic["sameAs"] == ["https://maps.example/us", "https://photos.example/motion"]


@pytest.mark.parametrize("line", ["maps.example/us", "javascript:alert(1)", "see our page"])
def test_a_page_elsewhere_is_a_full_address(line: str) -> None:
    details = make_clinic(profiles_elsewhere=f"https://maps.example/us\n{line}")
    with pytest.raises(ValidationError, match="isn’t a full address"):
        details.full_clean()


def test_the_clinic_shows_its_mark_and_how_to_write_to_it(client: Client, mark: None) -> None:
    clinic = things_on(client, "/")["MedicalClinic"]
    assert clinic["logo"].startswith("https://clinic.example/media/images/")
    assert "/images/card-" in clinic["image"]
    assert clinic["email"] == "desk@clinic.example"
