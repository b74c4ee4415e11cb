"""What owners add to pages stands where it belongs, as text, at once; empty, it says nothing."""

import pytest
from bs4 import BeautifulSoup, Tag
from django.test import Client
from django.urls import reverse

from clinic_site.clinic.models import ClinicDetails
from tests.clinic_site.admin.test_edit_conflicts import filled
from tests.factories import make_user

pytestmark = pytest.mark.django_db

HOSTILE = '<script>alert("1")</script> & {{ clinic.name }}'
# Where each text stands: the address of a page, and the place on it.
PLACES = {
    "license_numbers": ("/contact/", "footer"),
    "insurers": ("/contact/", "footer"),
    "not_found_text": ("/nowhere/", "main"),
    "privacy_addition": ("/privacy/", "main"),
    "accessibility_addition": ("/accessibility/", "main"),
}


def place_of(client: Client, field: str) -> Tag:
    address, place = PLACES[field]
    found = BeautifulSoup(client.get(address).content, "html.parser").select_one(place)
    assert found
    return found


def save(**texts: object) -> None:
    details = ClinicDetails.load()
    for name, value in texts.items():
        setattr(details, name, value)
    details.full_clean()
    details.save()


@pytest.fixture
def settings_page(client: Client, clinic: ClinicDetails) -> str:
    client.force_login(make_user("Owners"))
    return reverse("wagtailsettings:edit", args=("clinic", "clinicdetails", clinic.pk))


@pytest.mark.parametrize("field", PLACES)
def test_it_is_on_its_page_for_the_next_reader_as_text(
    client: Client, clinic: ClinicDetails, field: str
) -> None:
    before = place_of(client, field)
    assert str(place_of(client, field)) == str(before), "it is kept"
    save(**{field: HOSTILE})
    after = place_of(client, field)
    assert HOSTILE in after.text
    assert not [script for script in after.select("script") if "alert" in script.text]
    save(**{field: ""})
    assert str(place_of(client, field)) == str(before)


@pytest.mark.parametrize("field", PLACES)
def test_what_is_empty_leaves_nothing_behind(
    client: Client, clinic: ClinicDetails, field: str
) -> None:
    place = place_of(client, field)
    assert not [p for p in place.select("p, dd, li, h2") if not p.text.strip()]
    assert "From us" not in place.text
    assert "Insurance" not in place.text


def test_links_lead_where_the_owners_say(client: Client, clinic: ClinicDetails) -> None:
    save(
        footer_links="Patient portal https://portal.example/?a=1&b=2\n\n Shop  https://shop.example",
        profiles_elsewhere="https://www.instagram.com/motion\nhttps://maps.example/us",
    )

    def links() -> dict[str, str]:
        footer = place_of(client, "insurers")
        return {link.text: str(link["href"]) for link in footer.select("nav a")}

    assert links()["Patient portal"] == "https://portal.example/?a=1&b=2"
    assert links()["Shop"] == "https://shop.example"
    assert "Instagram" not in links()
    save(profiles_in_footer=True)
    assert links()["Instagram"] == "https://www.instagram.com/motion"
    assert links()["maps.example"] == "https://maps.example/us"


@pytest.mark.parametrize(
    ("field", "typed", "fault"),
    [
        ("footer_links", "https://portal.example/", "Write the words of"),
        ("footer_links", "Patient portal portal.example", "isn’t a full address"),
        ("footer_links", "Portal javascript:alert(1)", "isn’t a full address"),
        ("footer_links", "A https://a.example\n" * 13, "Please leave it at 12 links."),
        ("footer_links", "A " + "https://a.example/" + "a" * 2000, "at most 2000 characters"),
        ("profiles_elsewhere", "our page on a map", "isn’t a full address"),
        ("license_numbers", "P" * 501, "at most 500 characters"),
    ],
)
def test_what_cannot_be_shown_is_refused_beside_its_field_and_kept(
    client: Client, settings_page: str, field: str, typed: str, fault: str
) -> None:
    sent = filled(client.get(settings_page).content) | {field: typed}
    page = BeautifulSoup(client.post(settings_page, sent).content, "html.parser")
    box = page.find("textarea", attrs={"name": field})
    assert box
    assert box.text.strip() == typed.strip()
    errors = page.find(id=f"panel-child-{field}-errors") or box.find_parent(class_="w-field")
    assert errors
    assert fault in errors.text
    assert getattr(ClinicDetails.objects.get(), field) == ""


def test_an_owner_writes_them_on_the_page_of_the_clinic(client: Client, settings_page: str) -> None:
    sent = filled(client.get(settings_page).content)
    client.post(settings_page, sent | {"insurers": "Most plans", "not_found_text": "Call us."})
    assert "Insurance: Most plans" in place_of(client, "insurers").text
    assert "Call us." in place_of(client, "not_found_text").text


@pytest.mark.parametrize("role", ["Editors", "Moderators", "Front desk", "Practitioners"])
def test_nobody_else_may(client: Client, settings_page: str, role: str) -> None:
    sent = filled(client.get(settings_page).content) | {"insurers": "Most plans"}
    client.force_login(make_user(role))
    client.post(settings_page, sent)
    assert ClinicDetails.objects.get().insurers == ""


def test_a_new_site_says_nothing_in_the_name_of_its_owner(client: Client) -> None:
    """No clinic is described yet: no phone, no town, no promise of what it does."""
    ClinicDetails.objects.all().delete()
    for text in [place_of(client, field).text for field in PLACES]:
        for claim in ("Motion", "Santa Barbara", "pain free", "physical therapy", "insurance"):
            assert claim.lower() not in text.lower()
    details = ClinicDetails.load()
    assert not any(getattr(details, field) for field in PLACES)
    assert details.links_in_footer == []
