"""The demo goes as it has come; what somebody has made their own, and whoever is real, stays."""

from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.test import Client
from wagtail.models import Page

from blog.models import ArticlePage, TopicPage
from booking.models import Appointment, BookingRules, Claim, Patient, Practitioner, Service
from clinic_site.clinic.models import ClinicDetails, Location
from clinic_site.clinic.models.people import Person
from clinic_site.images.models import SiteImage
from clinic_site.pages.models import HomePage
from comments.models import Comment
from demo.appointments import OFFERS
from demo.models import DemoRow

pytestmark = pytest.mark.processes

BROUGHT = (
    Appointment,
    ArticlePage,
    Claim,
    Comment,
    Location,
    Patient,
    Person,
    Practitioner,
    Service,
    SiteImage,
    TopicPage,
    get_user_model(),
)


def remove(*options: str) -> None:
    call_command("remove_demo", "--yes", *options)


def test_everything_it_brought_goes_and_a_clean_site_is_left(
    demo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    remove()
    assert {model._meta.label: model.objects.count() for model in BROUGHT} == {
        model._meta.label: 0 for model in BROUGHT
    }
    assert {page.slug for page in Page.objects.filter(depth__gt=1)} == {
        "home",
        "contact",
        "privacy-practices",
    }
    assert (ClinicDetails.load().name, ClinicDetails.load().location) == ("Our clinic", None)
    assert BookingRules.load().late_fee == ""
    assert not (demo / "demo-accounts.txt").exists()
    page = Client().get("/").content.decode()
    for said in ("Motion Unlimited", "State Street", "Stand, move and live"):
        assert said not in page
    assert "/admin/first-account/" in capsys.readouterr().out
    remove()
    assert "There is no demo here." in capsys.readouterr().out


@pytest.mark.any_database
def test_what_was_changed_is_named_and_stays_with_what_it_shows(
    demo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    article = ArticlePage.objects.get(slug="sitting")
    article.title = "Sitting, as we see it"
    article.save_revision()
    service = Service.objects.get(slug="massage")
    service.price_text = "$120"
    service.save()
    owner = get_user_model().objects.get(username="owner")
    owner.set_password("her very own words")
    owner.save()
    Practitioner.objects.get(person__slug="robin-alvarez").weekly_hours.first().delete()
    remove()
    said = capsys.readouterr().out
    assert "Sitting, as we see it" in said
    for changed in ("Massage", "Robin Alvarez", "user “owner”"):
        assert changed in said
    article.refresh_from_db()
    assert ArticlePage.objects.count() == TopicPage.objects.count() == 1
    offered = {"massage", *OFFERS["Robin Alvarez"]}
    assert {each.slug for each in Service.objects.all()} == offered
    assert list(get_user_model().objects.all()) == [owner]
    assert article.author
    assert article.image
    assert Client().get(article.get_url()).status_code == 200


def test_it_refuses_where_there_are_real_patients(demo: Path) -> None:
    Patient.objects.create(name="Really Here")
    before = {model: model.objects.count() for model in BROUGHT}
    with pytest.raises(CommandError, match="1 visits, patients and comments"):
        remove()
    assert {model: model.objects.count() for model in BROUGHT} == before


@pytest.mark.any_database
def test_what_real_people_left_keeps_what_it_is_about(demo: Path) -> None:
    reply = Comment.objects.exclude(parent=None).filter(page__slug="sitting").earliest("pk")
    DemoRow.objects.filter(model="comments.Comment", object_id=reply.pk).delete()
    article = ArticlePage.objects.get(slug="good-posture")
    DemoRow.objects.filter(model="blog.ArticlePage", object_id=article.pk).delete()
    DemoRow.objects.filter(model="booking.Appointment", object_id__in=_one_of_theirs()).delete()
    remove("--even-with-patients")
    [visit] = Appointment.objects.all()
    assert (visit.practitioner, visit.location) == (
        Practitioner.objects.get(),
        Location.objects.get(),
    )
    assert visit.service in Service.objects.all()
    assert Claim.objects.filter(appointment=visit).exists()
    assert set(Comment.objects.all()) == {reply, reply.parent}
    assert set(ArticlePage.objects.values_list("slug", flat=True)) == {"sitting", "good-posture"}
    article.refresh_from_db()
    assert article.image, "an article of the clinic's own keeps its picture"


def _one_of_theirs() -> list[int]:
    """A visit as if somebody real had booked it."""
    visit = Appointment.objects.filter(state="confirmed", class_session=None).latest("starts_at")
    Appointment.objects.filter(pk=visit.pk).update(patient=None)
    return [visit.pk]


@pytest.mark.any_database
def test_a_clinic_is_never_left_without_an_owner(demo: Path) -> None:
    get_user_model().objects.create_user("jo", "jo@clinic.example", "not an owner")
    remove()
    assert {user.username for user in get_user_model().objects.all()} == {"jo", "owner"}


@pytest.mark.any_database
def test_an_owner_takes_it_away_with_a_button_and_stays(demo: Path) -> None:
    client = Client()
    owner = get_user_model().objects.get(username="owner")
    client.force_login(owner)
    assert "Take the demo away" in client.get("/admin/").content.decode()
    page = client.get("/admin/demo/remove/").content.decode()
    assert "Somebody has changed" not in page
    response = client.post("/admin/demo/remove/", follow=True)
    assert "The demo is gone" in response.content.decode()
    assert list(get_user_model().objects.all()) == [owner]
    assert not ArticlePage.objects.exists()
    assert HomePage.objects.get().live


@pytest.mark.any_database
def test_nobody_else_takes_it_away(demo: Path) -> None:
    client = Client()
    for username in ("editor", "frontdesk", "moderator", "practitioner"):
        client.force_login(get_user_model().objects.get(username=username))
        assert client.post("/admin/demo/remove/").status_code in (302, 403)
    assert ArticlePage.objects.exists()
