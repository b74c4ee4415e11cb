"""Pictures are made by the worker; no reader waits, and no page fails for want of one."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image as Pillow
from wagtail.images.rect import Rect
from willow.plugins.pillow import PillowImage

from clinic_site.images.avif import SPEED
from clinic_site.images.models import RenditionJob, SiteImage
from clinic_site.images.renditions import IMAGE_PRESETS, TRIES, make_due_renditions
from clinic_site.jobs.claim import CLAIM, claim_row
from tests.factories import (
    FIGURE_ONE,
    FIGURE_TWO,
    figure,
    make_article,
    make_image,
    make_person,
)

pytestmark = [pytest.mark.usefixtures("clinic"), pytest.mark.slow]

SMALL = (240, 180)
ARTICLE = "/fitness/psoas-so-what/"


def specs_of(image: SiteImage) -> set[str]:
    return set(image.renditions.values_list("filter_spec", flat=True))


def figures_of(client: Client) -> list[str]:
    return client.get(ARTICLE).content.decode().split("<figure")[1:]


def test_the_worker_makes_every_rendition_that_pages_show(client: Client) -> None:
    image = make_image(size=SMALL)
    call_command("worker", once=True)
    assert specs_of(image) == {made.spec for use in IMAGE_PRESETS.values() for made in use.filters}
    assert not RenditionJob.objects.exists()


@pytest.mark.slow
def test_a_reader_before_the_worker_gets_the_fallback_at_once(client: Client) -> None:
    image = make_image()
    make_article(body=[figure(FIGURE_ONE, image)])
    (shown,) = figures_of(client)
    assert "width-800.format-jpeg" in shown
    assert 'width="800"' in shown
    assert 'height="600"' in shown
    assert "avif" not in shown
    assert specs_of(image) == {
        IMAGE_PRESETS["figure"].fallback.spec,
        IMAGE_PRESETS["share"].fallback.spec,
    }
    call_command("worker", once=True)
    (shown,) = figures_of(client)
    assert "image/avif" in shown


def test_publishing_does_not_make_pictures(client: Client) -> None:
    image = make_image(size=SMALL)
    make_article(body=[figure(FIGURE_ONE, image)]).save_revision().publish()
    assert specs_of(image) == set()


def test_the_first_figure_comes_at_once_and_the_others_when_they_are_near(client: Client) -> None:
    make_article(
        body=[
            figure(FIGURE_ONE, make_image(size=SMALL)),
            figure(FIGURE_TWO, make_image(size=SMALL)),
        ]
    )
    make_due_renditions(timezone.now())
    first, second = figures_of(client)
    assert 'fetchpriority="high"' in first
    assert "loading=" not in first
    assert 'loading="lazy"' in second
    assert "fetchpriority" not in second
    for shown in (first, second):
        assert shown.count("sizes=") == 2


def test_a_card_keeps_what_the_editor_marked_as_the_point(client: Client) -> None:
    image = make_image(size=(960, 240))
    with Pillow.open(image.file.path) as drawing:
        drawing.paste("blue", (840, 0, 960, 240))
        drawing.save(image.file.path)
    image.set_focal_point(Rect.from_point(900, 120, 60, 60))
    image.save()
    make_due_renditions(timezone.now())
    card = image.get_rendition(IMAGE_PRESETS["card"].fallback)
    with Pillow.open(card.file.path) as shown:
        red, _green, blue = shown.convert("RGB").getpixel((shown.width - 10, 50))  # type: ignore[misc]
        assert blue > 200 > red


def test_a_moved_focal_point_is_followed_by_the_worker() -> None:
    image = make_image(size=SMALL)
    call_command("worker", once=True)
    before = image.renditions.count()
    image.set_focal_point(Rect.from_point(100, 100, 50, 50))
    image.save()
    call_command("worker", once=True)
    assert image.renditions.count() > before


def test_a_new_version_that_shows_pictures_anew_gets_them_made(client: Client) -> None:
    image = make_image(size=SMALL)
    call_command("worker", once=True)
    image.renditions.filter(filter_spec__contains="avif").delete()
    assert not RenditionJob.objects.exists()
    call_command("worker", once=True)
    assert IMAGE_PRESETS["figure"].filters[0].spec in specs_of(image)


@pytest.mark.parametrize("content", [None, b"", b"not a picture at all"])
def test_a_picture_that_is_lost_leaves_its_description(
    client: Client, content: bytes | None
) -> None:
    image = make_image()
    make_article(image=image, body=[figure(FIGURE_ONE, image, alternative_text="A <psoas>")])
    original = Path(image.file.path)
    original.unlink()
    if content is not None:
        original.write_bytes(content)
    for address in ("/", "/fitness/", ARTICLE):
        assert client.get(address).status_code == 200
    (shown,) = figures_of(client)
    assert "A &lt;psoas&gt;" in shown
    assert "<img" not in shown


def test_one_broken_picture_does_not_stop_the_others_and_is_given_up() -> None:
    broken, whole = make_image("broken", SMALL), make_image("whole", SMALL)
    Path(broken.file.path).write_bytes(b"not a picture at all")
    now = timezone.now()
    assert make_due_renditions(now) == 1
    assert specs_of(whole)
    for again in range(1, TRIES + 3):
        make_due_renditions(now + again * CLAIM)
    assert RenditionJob.objects.get().attempts == TRIES


def test_two_workers_do_not_make_the_same_picture() -> None:
    make_image(size=SMALL)
    now = timezone.now()
    assert claim_row(RenditionJob.objects.get(), now=now)
    assert make_due_renditions(now) == 0
    assert make_due_renditions(now + CLAIM + timedelta(seconds=1)) == 1  # the first one died


def test_an_email_waits_for_one_picture_at_most() -> None:
    for _number in range(3):
        make_image(size=SMALL)
    assert make_due_renditions(timezone.now(), limit=1) == 1
    assert RenditionJob.objects.count() == 2


def test_a_deleted_picture_takes_its_job_along() -> None:
    image = make_image()
    image.delete()
    assert not RenditionJob.objects.exists()


def test_the_team_asks_no_more_of_the_database_for_four_photos_than_for_one(
    client: Client,
) -> None:
    def queries_with(members: int) -> int:
        for number in range(members):
            make_person(f"Member {members} {number}", photo=make_image(size=SMALL))
        make_due_renditions(timezone.now())
        client.get("/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/")
        return len(queries)

    assert queries_with(1) == queries_with(3)


def test_an_avif_is_encoded_at_our_speed() -> None:
    picture = Pillow.effect_mandelbrot(SMALL, (-2, -1, 1, 1), 90).convert("RGB")
    made, quick, usual = BytesIO(), BytesIO(), BytesIO()
    PillowImage(picture).save_as_avif(made, quality=60)
    picture.save(quick, "AVIF", quality=60, speed=SPEED)
    picture.save(usual, "AVIF", quality=60)
    assert made.getvalue() == quick.getvalue() != usual.getvalue()
