"""Each service has a page that says what happens, for how long and for how much, and books it."""

import json
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from booking.models import Practitioner, Service, ServiceAssignment, ServicePage, ServicesPage
from clinic_site.clinic.models import ClinicDetails
from clinic_site.pages.models import HomePage
from tests.booking.factories import make_service
from tests.factories import make_person, make_team_page, make_user

pytestmark = pytest.mark.search

ADDRESS = "/services/massage/"


@pytest.fixture
def massage(clinic: ClinicDetails) -> Service:
    return make_service("Massage", price_text="$105", audience="sore backs", mode="at_once")


@pytest.fixture
def index(clinic: ClinicDetails) -> ServicesPage:
    home = HomePage.objects.get()
    page: ServicesPage = home.add_child(instance=ServicesPage(title="Services", slug="services"))
    return page


@pytest.fixture
def page(index: ServicesPage, massage: Service) -> ServicePage:
    made: ServicePage = index.add_child(
        instance=ServicePage(
            title="Massage",
            slug="massage",
            service=massage,
            introduction="<p>An hour for a sore back.</p>",
            what_to_wear="<p>Anything you like.</p>",
            questions=[("question", {"question": "Does it hurt?", "answer": "<p>No.</p>"})],
        )
    )
    return made


def soup(client: Client, address: str) -> BeautifulSoup:
    answer = client.get(address)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def test_it_says_what_people_ask_and_leads_to_booking(client: Client, page: ServicePage) -> None:
    main = soup(client, ADDRESS).main
    text = " ".join(main.text.split())
    for words in ("An hour for a sore back.", "60 minutes", "$105", "Sore backs", "Does it hurt?"):
        assert words in text
    assert "What to wear and bring" in text
    links = {link["href"] for link in main.find_all("a", class_="button")}
    assert "/book/?service=massage" in links
    crumbs = [crumb.text.strip() for crumb in soup(client, ADDRESS).select(".breadcrumbs li")]
    assert [crumb.strip("» \n") for crumb in crumbs] == ["Home", "Services", "Massage"]


def test_length_and_price_are_those_of_the_service(
    client: Client, page: ServicePage, massage: Service
) -> None:
    client.get(ADDRESS)
    massage.price_text, massage.duration_minutes = "$120", 75
    massage.save()
    text = soup(client, ADDRESS).main.text
    assert "$120" in text
    assert "75 minutes" in text


def test_who_does_it_is_named_and_has_a_profile(
    client: Client, page: ServicePage, massage: Service, clinic: ClinicDetails
) -> None:
    make_team_page()
    for name, active in (("Marisol Vega", True), ("Kim Retired", False)):
        person = Practitioner.objects.create(person=make_person(name), active=active)
        ServiceAssignment.objects.create(
            practitioner=person, service=massage, location=clinic.location
        )
    team = soup(client, ADDRESS).select(".team a")
    assert [(link.text, link["href"]) for link in team] == [("Marisol Vega", "/team/marisol-vega/")]


def test_what_is_booked_by_phone_says_so(
    client: Client, page: ServicePage, massage: Service
) -> None:
    massage.mode = Service.Mode.BY_PHONE
    massage.save()
    main = soup(client, ADDRESS).main
    assert "Call 805-880-6533 to book" in main.text
    assert not main.select('a[href*="?service="]')


@pytest.mark.parametrize("live", [True, False])
def test_lists_lead_to_the_page_once_it_is_published(
    client: Client, page: ServicePage, live: bool
) -> None:
    page.live = live
    page.save()
    make_service("Posture therapy")
    links = {link.text: link["href"] for link in soup(client, "/services/").select(".services a")}
    assert links == ({"Massage": ADDRESS} if live else {})


def test_search_engines_read_its_price(client: Client, page: ServicePage) -> None:
    script = soup(client, ADDRESS).find("script", type="application/ld+json")
    things = {thing["@type"]: thing for thing in json.loads(script.string)["@graph"]}
    assert things["Service"]["offers"] == {
        "@type": "Offer",
        "url": f"http://127.0.0.1:8000{ADDRESS}",
        "price": "105",
        "priceCurrency": "USD",
    }
    assert things["Service"]["provider"]["name"] == "Motion Unlimited"


def test_the_search_finds_it_as_a_service(client: Client, page: ServicePage) -> None:
    results = soup(client, "/search/?q=massages").main
    assert results.select_one(f'a[href="{ADDRESS}"]')
    assert "Service" in results.text


def test_it_takes_few_queries(
    client: Client, page: ServicePage, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.get(f"{ADDRESS}?not=kept")  # what stands on every page is known from then on
    with django_assert_max_num_queries(7):
        client.get(ADDRESS)


def test_a_draft_needs_no_service_and_a_page_for_readers_does(
    client: Client, index: ServicesPage
) -> None:
    client.force_login(make_user("Editors"))
    address = reverse("wagtailadmin_pages:add", args=["booking", "servicepage", index.pk])
    comments = {f"{name}_FORMS": 0 for name in ("TOTAL", "INITIAL", "MIN_NUM", "MAX_NUM")}
    form: dict[str, Any] = nested_form_data(
        {
            "title": "Taping",
            "slug": "taping",
            "introduction": rich_text("<p>Tape.</p>"),
            "what_to_wear": rich_text(""),
            "body": streamfield([]),
            "questions": streamfield([]),
            "comments": comments,
        }
    )
    answer = client.post(address, form | {"action-publish": "1"})
    assert "This field is required" in answer.content.decode()
    assert not ServicePage.objects.exists()
    assert client.post(address, form).status_code == 302
    draft = ServicePage.objects.get()
    shown = client.get(reverse("wagtailadmin_pages:view_draft", args=[draft.pk]))
    assert shown.status_code == 200


def test_a_service_with_a_page_is_not_deleted(
    client: Client, page: ServicePage, massage: Service
) -> None:
    client.force_login(make_user("Owners"))
    answer = client.post(reverse("services:delete", args=[massage.pk]), follow=True)
    assert answer.status_code == 200
    assert Service.objects.filter(pk=massage.pk).exists()


@pytest.mark.parametrize("slug", ["massage", "gone", ""])
def test_booking_starts_with_the_service_that_a_link_names(
    client: Client, massage: Service, slug: str
) -> None:
    make_service("Posture therapy")
    checked = soup(client, f"/book/?service={slug}").select("input[name=service][checked]")
    assert [box["value"] for box in checked] == ([str(massage.pk)] if slug == "massage" else [])


def test_a_profile_leads_to_booking_with_that_person(
    client: Client, massage: Service, clinic: ClinicDetails
) -> None:
    make_team_page()
    other = make_service("Posture therapy")
    for name, services in (("Marisol Vega", [massage]), ("Kim Lee", [massage, other])):
        practitioner = Practitioner.objects.create(person=make_person(name))
        for service in services:
            ServiceAssignment.objects.create(
                practitioner=practitioner, service=service, location=clinic.location
            )
    (button,) = soup(client, "/team/marisol-vega/").select('main a.button[href*="with="]')
    assert (button.text, button["href"]) == ("Book with Marisol", "/book/?with=marisol-vega")
    start = soup(client, str(button["href"])).main
    assert "You’re booking with Marisol Vega." in " ".join(start.text.split())
    offered = [box["value"] for box in start.select("input[name=service]")]
    assert offered == [str(massage.pk)], "what she does"
    answer = client.post(str(button["href"]), {"service": massage.pk}, follow=True)
    page = BeautifulSoup(answer.content, "html.parser")
    assert "Marisol Vega" in page.main.text
    assert not page.select("input[name=practitioner]"), "nobody is asked whom they want again"


def test_whoever_takes_no_bookings_has_no_button(
    client: Client, massage: Service, clinic: ClinicDetails
) -> None:
    make_team_page()
    person = make_person("Marisol Vega")
    practitioner = Practitioner.objects.create(person=person, active=False)
    ServiceAssignment.objects.create(
        practitioner=practitioner, service=massage, location=clinic.location
    )
    assert not soup(client, "/team/marisol-vega/").select('main a[href*="with="]')
    assert "You’re booking with" not in soup(client, "/book/?with=marisol-vega").main.text
