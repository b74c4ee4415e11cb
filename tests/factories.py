"""A small cast for the tests: one clinic, its people, an article. Everything is deterministic."""

import socket
from collections.abc import Iterable
from datetime import time
from io import BytesIO
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser, Group
from django.utils.text import slugify
from PIL import Image as PillowImage

from blog.models import ArticlePage, TopicPage
from clinic_site.clinic.models.details import ClinicDetails
from clinic_site.clinic.models.locations import Location, OpeningHours
from clinic_site.clinic.models.people import Person
from clinic_site.images.models import SiteImage
from clinic_site.images.upload import BareFile
from clinic_site.pages.models import HomePage, TeamPage

FIGURE_ONE = "11111111-1111-4111-8111-111111111111"
FIGURE_TWO = "22222222-2222-4222-8222-222222222222"


def make_location(**fields: Any) -> Location:
    """A location that is open from Monday to Friday, nine to five."""
    defaults = {
        "name": "State Street",
        "street": "1129 State Street, Suite #2",
        "city": "Santa Barbara",
        "region": "CA",
        "postcode": "93101",
        "phone": "805-880-6533",
        "email": "desk@clinic.example",
        "time_zone": "America/Los_Angeles",
    }
    location = Location(**defaults | fields)
    location.opening_hours = [
        OpeningHours(weekday=weekday, opens=time(9), closes=time(17)) for weekday in range(5)
    ]
    location.save()
    return location


def make_clinic(**fields: Any) -> ClinicDetails:
    """The clinic's one record, with its main location."""
    details: ClinicDetails = ClinicDetails.load()
    defaults = {
        "name": "Motion Unlimited",
        "tagline": "Posture. Strength. Mobility.",
        "booking_heading": "Ready to be pain free?",
    }
    for name, value in (defaults | fields).items():
        setattr(details, name, value)
    details.location = details.location or make_location()
    details.save()
    return details


def make_user(role: str, **fields: Any) -> AbstractBaseUser:
    """Somebody of the staff in the group `role`, for example "Front desk"."""
    name = role.lower().replace(" ", "-")
    defaults = {"username": name, "email": f"{name}@clinic.example", "password": "correct horse"}
    user = get_user_model().objects.create_user(**defaults | fields)
    user.groups.add(Group.objects.get(name=role))
    return user


def make_person(name: str = "Robin Alvarez", **fields: Any) -> Person:
    return Person.objects.create(name=name, **{"role": "Posture therapist"} | fields)


def make_team_page(**fields: Any) -> TeamPage:
    home = HomePage.objects.get()
    page: TeamPage = home.add_child(instance=TeamPage(**{"title": "Team", "slug": "team"} | fields))
    return page


def make_image(title: str = "A drawing", size: tuple[int, int] = (1600, 1200)) -> SiteImage:
    """An image of which nothing needs to be stripped, so that no child process has to read it."""
    content = BytesIO()
    PillowImage.new("RGB", size, "#c2643f").save(content, "PNG")
    content.seek(0)
    return SiteImage.objects.create(title=title, file=BareFile(content, name="drawing.png"))


def make_topic(title: str = "Fitness", **fields: Any) -> TopicPage:
    home = HomePage.objects.get()
    topic: TopicPage = home.add_child(
        instance=TopicPage(title=title, **{"show_in_menus": True} | fields)
    )
    return topic


def make_article(
    title: str = "Psoas? So What?!",
    topic: TopicPage | None = None,
    tags: Iterable[str] = (),
    **fields: Any,
) -> ArticlePage:
    """An article with one paragraph, below Fitness."""
    topic = topic or TopicPage.objects.filter(title="Fitness").first() or make_topic()
    defaults = {
        "summary": "What the psoas does, and why it is never one muscle alone.",
        "author": Person.objects.filter(name="Robin Alvarez").first() or make_person(),
        "body": [("paragraph", "<p>The psoas ties the spine to the legs.</p>")],
    }
    article = ArticlePage(title=title, **defaults | fields)
    article.tags.set(tags)
    topic.add_child(instance=article)
    return article


def make_reviewer(name: str = "Dana Whitfield", **fields: Any) -> Person:
    """Somebody who can approve articles."""
    user = get_user_model().objects.create_user(
        slugify(name), f"{slugify(name)}@clinic.example", "correct horse"
    )
    user.groups.add(Group.objects.get(name="Practitioners"))
    return make_person(name, account=user, **fields)


def publish_reviewed(article: ArticlePage) -> None:
    """Publish an article the way it goes: its reviewer approves it."""
    article.save_revision()
    article.get_workflow().start(article, article.reviewer.account)
    state = article.current_workflow_task_state
    state.task.specific.on_action(state, article.reviewer.account, "approve")
    article.refresh_from_db()


def figure(figure_id: str, image: SiteImage, **values: Any) -> dict[str, Any]:
    """A figure block as the database keeps it."""
    defaults = {
        "image": image.pk,
        "alternative_text": "The psoas, from the spine to the femur.",
        "decorative": False,
        "caption": "The psoas",
        "credit": "",
        "wide": False,
        "numbered": True,
    }
    return {"type": "figure", "id": figure_id, "value": defaults | values}


def free_port() -> int:
    """A port on which nothing listens at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
