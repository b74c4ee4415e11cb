"""Every picture that is taken is shown, whatever wrote it; what cannot be is refused in words."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pillow_heif
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image as Pillow
from PIL import ImageCms
from pytest_django import Settings

from clinic_site.images.models import SiteImage
from clinic_site.images.renditions import IMAGE_PRESETS
from tests.clinic_site.images.sample_images import (
    BLACK,
    MAGENTA,
    RED,
    WHITE,
    Color,
    halves,
    moving,
    noise,
    photo,
    ramp,
    saved,
    stripes,
    with_profile,
)
from tests.factories import make_clinic, make_image, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.any_database]

pillow_heif.register_heif_opener()


@pytest.fixture(autouse=True)
def _clinic() -> None:
    make_clinic()


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(make_user("Editors"))
    return client


def upload(editor: Client, name: str, content: bytes) -> dict[str, Any]:
    file = SimpleUploadedFile(name, content)
    answer = editor.post("/admin/images/multiple/add/", {"title": "A beach", "files[]": file})
    assert answer.status_code == 200
    result: dict[str, Any] = answer.json()
    return result


SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()

# name of the file, content, and what readers see at the left and at the right of it
KINDS: dict[str, tuple[str, Callable[[], bytes], Color, Color]] = {
    "16-bit gray": ("scan.png", ramp, BLACK, WHITE),
    "1-bit": ("ink.png", lambda: saved(photo("1", 0), "PNG"), BLACK, BLACK),
    "palette": ("map.png", lambda: saved(photo().convert("P"), "PNG"), RED, RED),
    "transparent palette": (
        "map.png",
        lambda: halves(b"\0", b"\xff", 3, 1, PLTE=bytes((*MAGENTA, *RED)), tRNS=b"\0"),
        WHITE,
        RED,
    ),
    "gray and alpha": ("pale.png", lambda: saved(photo("LA", (0, 0)), "PNG"), WHITE, WHITE),
    "16 bits and alpha": (
        "s.png",
        lambda: halves(b"\0" * 32, b"\0\0\xff\xff" * 8, 4, 16),
        WHITE,
        BLACK,
    ),
    "a transparent color": (
        "cut.png",
        lambda: halves(bytes(MAGENTA) * 8, bytes(RED) * 8, 2, 8, tRNS=b"\0\xff\0\0\0\xff"),
        WHITE,
        RED,
    ),
    "a transparent color of 16 bits": (
        "cut.png",
        lambda: halves(b"\x12\x34" * 24, b"\0\0" * 24, 2, 16, tRNS=b"\x12\x34" * 3),
        WHITE,
        BLACK,
    ),
    "a transparent gray of 1 bit": (
        "c.png",
        lambda: halves(b"\0", b"\xff", 0, 1, tRNS=b"\0\0"),
        WHITE,
        WHITE,
    ),
    "a transparent gray of 2 bits": (
        "cut.png",
        lambda: halves(b"\x55" * 2, b"\0" * 2, 0, 2, tRNS=b"\0\1"),
        WHITE,
        BLACK,
    ),
    "a transparent gray of 4 bits": (
        "cut.png",
        lambda: halves(b"\x33" * 4, b"\0" * 4, 0, 4, tRNS=b"\0\3"),
        WHITE,
        BLACK,
    ),
    "a transparent gray of 16 bits": (
        "cut.png",
        lambda: halves(b"\x12\x34" * 8, b"\0\0" * 8, 0, 16, tRNS=b"\x12\x34"),
        WHITE,
        BLACK,
    ),
    "CMYK": ("print.jpg", lambda: saved(photo("CMYK", (0, 255, 255, 0)), "JPEG"), RED, RED),
    "gray JPEG": ("old.jpg", lambda: saved(photo("L", 0), "JPEG"), BLACK, BLACK),
    "progressive": ("p.jpg", lambda: saved(photo(), "JPEG", progressive=True), RED, RED),
    "MPO": ("phone.jpg", lambda: moving("MPO"), RED, RED),
    "MPO by its name": ("phone.mpo", lambda: moving("MPO"), RED, RED),
    "jfif": ("windows.jfif", lambda: saved(photo(), "JPEG"), RED, RED),
    "capitals": ("IMG_1.JPG", lambda: saved(photo(), "JPEG"), RED, RED),
    "PNG called JPEG": ("screen.jpg", lambda: saved(photo(), "PNG"), RED, RED),
    "no suffix": ("picture", lambda: saved(photo(), "WEBP"), RED, RED),
    "HEIC": ("IMG_2.HEIC", lambda: saved(photo(), "HEIF"), RED, RED),
    "HEIF": ("IMG_3.heif", lambda: saved(photo(), "HEIF"), RED, RED),
    "transparent HEIC": (
        "i.heic",
        lambda: saved(photo("RGBA", (0, 0, 0, 0)), "HEIF"),
        WHITE,
        WHITE,
    ),
    "moving GIF": ("wave.gif", lambda: moving("GIF"), RED, RED),
    "moving WebP": ("wave.webp", lambda: moving("WEBP"), RED, RED),
    "moving AVIF": ("wave.avif", lambda: moving("AVIF"), RED, RED),
    "moving PNG": ("wave.png", lambda: moving("PNG"), RED, RED),
    "notes that nobody can read": (
        "odd.jpg",
        lambda: saved(photo(), "JPEG", exif=b"Exif\0\0no notes at all"),
        RED,
        RED,
    ),
    "no profile at all": ("i.jpg", lambda: with_profile("RGB", "JPEG", b"none"), RED, RED),
    "a profile for other colors": ("i.png", lambda: with_profile("L", "PNG", SRGB), BLACK, BLACK),
    "one for screens, of a print": ("i.jpg", lambda: with_profile("CMYK", "JPEG", SRGB), RED, RED),
}


def near(color: Any, other: Color) -> bool:
    return all(abs(one - two) < 24 for one, two in zip(color, other, strict=True))


@pytest.mark.parametrize("kind", KINDS)
def test_whatever_is_taken_is_shown_as_it_looks(editor: Client, kind: str) -> None:
    name, content, left, right = KINDS[kind]
    answer = upload(editor, name, content())
    assert answer["success"], answer
    image = SiteImage.objects.get()
    assert Path(image.file.name).suffix in (".jpg", ".png", ".webp", ".avif")
    for shown in image.get_renditions(*IMAGE_PRESETS["portrait"].filters).values():
        with Pillow.open(shown.file.path) as pixels:
            seen = Pillow.new("RGBA", pixels.size, "white")
            seen.alpha_composite(pixels.convert("RGBA"))
        for place, color in ((1, left), (pixels.width - 2, right)):
            at_place = seen.getpixel((place, pixels.height // 2))
            assert near(at_place[:3], color), (shown.filter_spec, at_place)  # type: ignore[index]


def test_what_was_transparent_stays_so_where_the_format_can(editor: Client) -> None:
    upload(editor, "cut.png", KINDS["a transparent color"][1]())
    shown = SiteImage.objects.get().get_rendition("width-32|format-webp")
    with Pillow.open(shown.file.path) as pixels:
        assert pixels.convert("RGBA").getpixel((1, 1))[3] == 0  # type: ignore[index]


def test_sixteen_bits_become_eight_without_a_jump(editor: Client) -> None:
    upload(editor, "scan.png", ramp())
    with Pillow.open(SiteImage.objects.get().file.path) as pixels:
        grays = [pixels.convert("L").getpixel((column, 9)) for column in range(64)]
    assert grays == pytest.approx([255 * column / 63 for column in range(64)], abs=1.5)


@pytest.mark.parametrize("options", [{}, {"progressive": True}])
@pytest.mark.parametrize("lost", [1, 2, 3, 20, 200])
def test_a_jpeg_without_its_last_bytes_is_taken(
    editor: Client, lost: int, options: dict[str, bool]
) -> None:
    content = saved(noise(), "JPEG", **options)
    answer = upload(editor, "beach.jpg", content[:-lost])
    assert answer["success"], answer
    with (
        Pillow.open(SiteImage.objects.get().file.path) as kept,
        Pillow.open(BytesIO(content)) as whole,
    ):
        above = (0, 0, 400, 280)
        kept_above = kept.crop(above).convert("L").tobytes()
        whole_above = whole.crop(above).convert("L").tobytes()
    differences = [abs(one - two) for one, two in zip(kept_above, whole_above, strict=True)]
    assert sum(differences) / len(differences) < 6


def test_a_jpeg_that_ends_on_a_whole_row_of_blocks_may_lack_as_many(editor: Client) -> None:
    assert upload(editor, "beach.jpg", saved(stripes(), "JPEG")[:-20])["success"]


@pytest.mark.parametrize("options", [{}, {"progressive": True}])
@pytest.mark.parametrize("part", [0.1, 0.5, 0.9])
@pytest.mark.parametrize("name", ["JPEG", "PNG", "WEBP", "AVIF", "HEIF", "GIF"])
def test_half_a_picture_is_refused_in_words(
    editor: Client, name: str, part: float, options: dict[str, bool]
) -> None:
    content = saved(noise(), name, **(options if name == "JPEG" else {}))
    answer = upload(editor, f"beach.{name.lower()}", content[: int(len(content) * part)])
    assert "damaged" in answer["error_message"], answer
    assert not SiteImage.objects.exists()


OTHERS = {
    "drawing.svg": (b'<?xml version="1.0"?><svg xmlns="x"/>', "drawing in SVG"),
    "scan.tiff": (saved(photo(), "TIFF"), "TIFF"),
    "scan.jpg": (saved(photo(), "TIFF"), "TIFF"),
    "old.bmp": (saved(photo(), "BMP"), "BMP"),
    "letter.pdf": (b"%PDF-1.7 and more", "PDF"),
    "live.mov": (b"\0\0\0\x14ftypqt  \0\0\0\0", "video"),
    "page.png": (b"<html>no picture</html>", "can’t read this file as a picture"),
    "notes.txt": (b"hello", "can’t read this file as a picture"),
}


@pytest.mark.parametrize("name", OTHERS)
def test_what_is_no_picture_is_named_with_the_next_step(editor: Client, name: str) -> None:
    content, words = OTHERS[name]
    message = upload(editor, name, content)["error_message"]
    assert words in message
    assert "Please" in message
    assert not SiteImage.objects.exists()


def replace(editor: Client, image: SiteImage, name: str, content: bytes) -> str:
    form = {"title": "Better", "description": "", "tags": ""}
    file = SimpleUploadedFile(name, content)
    answer = editor.post(f"/admin/images/{image.pk}/", {**form, "file": file})
    return answer.content.decode() if answer.status_code == 200 else ""


def test_a_picture_in_place_of_another_is_refused_beside_its_field(editor: Client) -> None:
    image = make_image()
    page = replace(editor, image, "drawing.svg", b"<svg/>")
    assert "drawing in SVG" in page
    assert 'value="Better"' in page
    assert SiteImage.objects.get().file.name == image.file.name


def test_a_picture_in_place_of_another_may_be_of_any_kind(editor: Client) -> None:
    image = make_image()
    assert replace(editor, image, "IMG_1.HEIC", saved(photo(), "HEIF")) == ""
    changed = SiteImage.objects.get()
    assert changed.file.name.endswith(".jpg")
    assert (changed.width, changed.height) == (64, 64)


def test_the_chooser_refuses_beside_its_field(editor: Client) -> None:
    form = {
        "image-chooser-upload-title": "A scan",
        "image-chooser-upload-file": SimpleUploadedFile("scan.tif", saved(photo(), "TIFF")),
    }
    answer = editor.post("/admin/images/chooser/create/", form)
    assert "TIFF" in answer.json()["htmlFragment"]
    assert "A scan" in answer.json()["htmlFragment"]


def large(mode: str = "RGBA") -> bytes:
    """A file of a few kilobytes that is 200 MB when it is unpacked."""
    return saved(Pillow.new(mode, (7000, 7000)), "PNG")


def test_a_large_picture_in_a_small_file_is_taken_within_the_limits(editor: Client) -> None:
    assert upload(editor, "wall.png", large("P"))["success"]
    assert max(SiteImage.objects.get().width, SiteImage.objects.get().height) == 3200


@pytest.mark.parametrize(
    ("limit", "value"),
    [("IMAGE_DECODER_SECONDS", 0.2), ("IMAGE_DECODER_MEMORY", 256 * 1024 * 1024)],
)
def test_a_picture_beyond_the_limits_is_refused_with_the_next_step(
    editor: Client, settings: Settings, limit: str, value: float
) -> None:
    setattr(settings, limit, value)
    message = upload(editor, "wall.png", large())["error_message"]
    assert "takes too long" in message
    assert "Please make it smaller" in message
    assert not SiteImage.objects.exists()


def test_the_process_that_reads_pictures_is_ended_when_it_uses_too_much_of_a_processor(
    editor: Client, settings: Settings
) -> None:
    settings.IMAGE_DECODER_CPU_SECONDS = 1
    rough = noise((1000, 1000)).convert("RGBA").resize((7000, 7000), Pillow.Resampling.NEAREST)
    assert "takes too long" in upload(editor, "wall.png", saved(rough, "PNG"))["error_message"]
