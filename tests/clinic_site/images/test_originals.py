"""Of a picture that staff upload, nothing is kept but what it shows."""

from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.images import ImageFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image as Pillow
from PIL import ImageCms
from PIL.PngImagePlugin import PngInfo
from PIL.TiffImagePlugin import IFDRational
from pytest_django import DjangoCaptureOnCommitCallbacks

from clinic_site.images.decode import LONGEST_SIDE
from clinic_site.images.models import SiteImage
from clinic_site.images.renditions import make_due_renditions
from tests.factories import make_user

# Pictures are read in another process.
pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.any_database]

XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><dc:creator>Sam Secret</dc:creator></x:xmpmeta>'
ORIENTATION, GPS, ARTIST = 0x0112, 0x8825, 0x013B
TELLTALES = (b"Exif", b"EXIF", b"eXIf", b"Sam Secret", b"xmpmeta", b"sRGB built-in", b"iCCP")

FORMATS = {"jpg": "JPEG", "png": "PNG", "webp": "WEBP", "avif": "AVIF"}


def photograph(name: str, size: tuple[int, int] = (600, 400), orientation: int = 1) -> bytes:
    """A picture, red on top, that tells where it was taken, by whom and on which screen."""
    pixels = Pillow.new("RGB", size, "white")
    pixels.paste("red", (0, 0, size[0], size[1] // 2))
    exif = Pillow.Exif()
    exif[ORIENTATION], exif[ARTIST] = orientation, "Sam Secret"
    exif[GPS] = {1: "N", 2: (IFDRational(34), IFDRational(25), IFDRational(24))}
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    text = PngInfo()
    text.add_itxt("XML:com.adobe.xmp", XMP.decode())
    text.add_text("Author", "Sam Secret")
    of_one_format = {"PNG": {"pnginfo": text}, "JPEG": {"comment": b"Sam Secret"}}.get(name, {})
    file = BytesIO()
    pixels.save(file, name, exif=exif, xmp=XMP, icc_profile=profile, **of_one_format)
    return file.getvalue()


def stored(extension: str, content: bytes) -> SiteImage:
    file = ImageFile(BytesIO(content), name=f"beach.{extension}")
    return SiteImage.objects.create(title="A beach", file=file)


def telltales_in(content: bytes) -> list[bytes]:
    with Pillow.open(BytesIO(content)) as pixels:
        names = ("exif", "xmp", "comment", "icc_profile", "Author")
        notes = [name.encode() for name in names if pixels.info.get(name)]
        assert not pixels.getexif()
    return notes + [telltale for telltale in TELLTALES if telltale in content]


@pytest.mark.parametrize("extension", FORMATS)
def test_the_test_pictures_do_tell_something(extension: str) -> None:
    content = photograph(FORMATS[extension])
    assert b"Sam Secret" in content
    with Pillow.open(BytesIO(content)) as pixels:
        assert pixels.getexif().get_ifd(GPS)


@pytest.mark.parametrize("extension", FORMATS)
def test_the_stored_original_tells_nothing(extension: str) -> None:
    image = stored(extension, photograph(FORMATS[extension]))
    with image.file.open() as file:
        assert telltales_in(file.read()) == []


@pytest.mark.parametrize("extension", FORMATS)
def test_renditions_tell_nothing_even_of_an_original_that_does(extension: str) -> None:
    content = photograph(FORMATS[extension])
    image = stored(extension, content)
    Path(image.file.path).write_bytes(content)  # as another program may have left it
    make_due_renditions(timezone.now())
    image.get_rendition("max-165x165")  # the admin's own
    image.get_rendition("max-165x165|format-png")
    assert image.renditions.count() > 10
    for rendition in image.renditions.all():
        with rendition.file.open() as file:
            assert telltales_in(file.read()) == [], rendition.filter_spec


@pytest.mark.parametrize("extension", FORMATS)
def test_a_picture_taken_sideways_is_stored_upright(extension: str) -> None:
    image = stored(extension, photograph(FORMATS[extension], orientation=6))
    assert (image.width, image.height) == (400, 600)
    with Pillow.open(image.file.path) as pixels:
        assert pixels.size == (400, 600)
        red = pixels.convert("RGB").getpixel((390, 300))  # what was on top is at the right
        assert isinstance(red, tuple)
        assert red[0] > 200
        assert red[1] < 60


def test_a_transparent_drawing_stays_transparent() -> None:
    file = BytesIO()
    Pillow.new("RGBA", (40, 40), (0, 0, 0, 0)).convert("P").save(file, "PNG", transparency=0)
    image = stored("png", file.getvalue())
    with Pillow.open(image.file.path) as pixels:
        assert pixels.convert("RGBA").getpixel((5, 5))[3] == 0


def test_wagtails_record_is_of_the_file_that_is_kept() -> None:
    image = stored("jpg", photograph("JPEG"))
    image.refresh_from_db()
    assert image.file_size == Path(image.file.path).stat().st_size
    before = image.file_hash
    image._set_file_hash()
    assert image.file_hash == before


def test_another_picture_of_the_same_name_has_another_address(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    first = stored("png", photograph("PNG"))
    address = first.get_rendition("width-100").url
    with django_capture_on_commit_callbacks(execute=True):  # its files go when it is gone
        first.delete()
    assert not Path(first.file.path).exists()
    second = stored("png", photograph("PNG", orientation=3))
    assert second.get_rendition("width-100").url != address


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(make_user("Editors"))
    return client


def upload(editor: Client, name: str, content: bytes) -> dict[str, object]:
    file = SimpleUploadedFile(name, content)
    answer = editor.post("/admin/images/multiple/add/", {"title": "A beach", "files[]": file})
    result: dict[str, object] = answer.json()
    return result


def test_an_editors_upload_is_stripped(editor: Client) -> None:
    answer = upload(editor, "beach.jpg", photograph("JPEG"))
    assert answer["success"], answer
    with SiteImage.objects.get().file.open() as file:
        assert telltales_in(file.read()) == []


@pytest.mark.slow
def test_a_very_large_photograph_is_kept_at_the_size_the_site_needs(editor: Client) -> None:
    assert upload(editor, "sky.jpg", photograph("JPEG", (7680, 5200)))["success"]
    image = SiteImage.objects.get()
    assert max(image.width, image.height) == LONGEST_SIDE


def test_a_large_drawing_with_a_palette_is_shrunk_smoothly() -> None:
    drawing = Pillow.new("P", (LONGEST_SIDE * 3 // 2, 30))
    drawing.putpalette([0, 0, 0, 255, 255, 255])
    for column in range(0, drawing.width, 3):
        drawing.paste(1, (column, 0, column + 1, 30))
    file = BytesIO()
    drawing.save(file, "PNG")
    with Pillow.open(stored("png", file.getvalue()).file.path) as pixels:
        colors = pixels.convert("L").getcolors() or []
    assert [color for _count, color in colors if 40 < color < 215]


def test_a_new_title_leaves_the_file_alone(editor: Client) -> None:
    upload(editor, "beach.jpg", photograph("JPEG"))
    image = SiteImage.objects.get()
    form = {"title": "A better beach", "description": "", "tags": "", "file": ""}
    editor.post(f"/admin/images/{image.pk}/", form)
    changed = SiteImage.objects.get()
    assert (changed.title, changed.file.name) == ("A better beach", image.file.name)


@pytest.mark.slow
def test_more_pixels_than_a_server_can_bear_are_refused_unopened(editor: Client) -> None:
    for size in ((8000, 6400), (12_000, 9000), (20_000, 20_000)):  # the last is a bomb to Pillow
        bomb = BytesIO()
        Pillow.new("1", size).save(bomb, "PNG")
        answer = upload(editor, "bomb.png", bomb.getvalue())
        assert not answer["success"]
        assert "more than 50 million pixels" in str(answer["error_message"])
    assert not SiteImage.objects.exists()


def test_a_damaged_picture_is_refused_in_words(editor: Client) -> None:
    content = photograph("JPEG")
    answer = upload(editor, "beach.jpg", content[: len(content) // 2])
    assert "damaged" in str(answer["error_message"])
    assert not SiteImage.objects.exists()


def test_only_pictures_in_known_formats_are_taken(editor: Client) -> None:
    for name, content in (("page.svg", b"<svg/>"), ("page.png", b"<html>"), ("x.jpg", b"")):
        assert not upload(editor, name, content).get("success")
    assert not SiteImage.objects.exists()


def test_originals_and_whatever_else_is_there_cannot_be_reached(client: Client) -> None:
    image = stored("png", photograph("PNG"))
    rendition = image.get_rendition("width-100")
    assert client.get(rendition.url).status_code == 200
    name = Path(image.file.name).name
    (settings.VAR_DIR / "secret.txt").write_text("not for readers")
    for path in (
        image.file.name,
        f"images/../original_images/{name}",
        f"images/..%2foriginal_images%2f{name}",
        f"images/%2e%2e/original_images/{name}",
        f"images/..%5coriginal_images%5c{name}",
        f"images//original_images/{name}",
        f"images//{settings.MEDIA_ROOT}/original_images/{name}",
        f"images/./../original_images/{name}",
        "images/../../secret.txt",
        "images/%2e%2e/%2e%2e/secret.txt",
        "images/",
        "images/%00",
        "",
    ):
        assert client.get(f"/media/{path}").status_code in (301, 302, 400, 404), path
        followed = client.get(f"/media/{path}", follow=True)
        assert followed.status_code in (400, 404), path
