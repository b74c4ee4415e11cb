"""What is kept of a picture that staff upload: what it shows, and nothing else.

A photograph carries where and when it was taken, with what, and by whom (EXIF, XMP, IPTC,
comments, the color profile of somebody's screen). All of it is left behind when the file
is stored. Pictures are read in a child process, which a bad one may fill, stall or crash.
"""

import signal
import subprocess
import sys
from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.core.files import File
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import SourceImageIOError, WagtailImageField, WagtailImageFieldFile
from wagtail.utils.file import hash_filelike

from clinic_site.images import decode
from clinic_site.images.decode import ErrorCode

SUFFIXES = {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp", "AVIF": ".avif"}

MESSAGES = {
    ErrorCode.UNKNOWN: _(
        "We can’t read this file as a picture. Please choose a JPEG, PNG, HEIC, WebP, AVIF or GIF."
    ),
    ErrorCode.DAMAGED: _(
        "This picture is damaged. Part of it is missing or can’t be read. "
        "Please save it anew, or send it again from where it came."
    ),
    ErrorCode.TOO_MANY_PIXELS: _(
        "This picture has more than %(limit)s million pixels. Please make it smaller."
    ),
    ErrorCode.TOO_SLOW: _(
        "This picture takes too long to read. Please make it smaller (3,000 pixels on its "
        "longer side are plenty) and try again."
    ),
}
OTHER_KIND = _("This is a %(kind)s. Please save it as JPEG or PNG, and choose that.")

# How files begin that people take for pictures, or that have a picture's name.
OTHER_KINDS = {
    b"II*\0": _("TIFF or raw file"),
    b"MM\0*": _("TIFF or raw file"),
    b"BM": _("BMP file"),
    b"%PDF": _("PDF"),
    b"8BPS": _("Photoshop file"),
    b"\0\0\0\x0cjP": _("JPEG 2000 file"),
    b"\0\0\0\x0cJXL": _("JPEG XL file"),
    b"\xff\x0a": _("JPEG XL file"),
    b"\0\0\1\0": _("Windows icon"),
}
VIDEOS = (b"ftypqt", b"ftypisom", b"ftypmp4", b"ftypM4V", b"ftypiso")
IMAGE_SIGNATURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"RIFF")


class InvalidImage(SourceImageIOError):
    """No picture that the site can show. Its text is for the person who chose the file."""

    def __init__(self, code: ErrorCode, words: str) -> None:
        super().__init__(words)
        self.code = code


class BareFile(File):
    """A picture that `strip` has been over already."""


def strip(file: File) -> BareFile:
    """Return the picture upright, in sRGB, no larger than the site needs, without metadata.

    Raises InvalidPicture for what is no whole picture, and for one that takes too much.
    """
    file.seek(0)
    content = file.read()
    answer, _newline, stripped = _read_by_child(content).partition(b"\n")
    suffix = SUFFIXES.get(answer.decode())
    if suffix is None:
        raise _invalid(ErrorCode(answer.decode()), content)
    name = Path(file.name or "image").name
    return BareFile(BytesIO(stripped), name=str(Path(name).with_suffix(suffix)))


def _read_by_child(content: bytes) -> bytes:
    """Return what `decode` writes, or an error code if it came to no end of its own."""
    limits = (
        settings.IMAGE_DECODER_MEMORY,
        settings.IMAGE_DECODER_CPU_SECONDS,
        settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS,
    )
    try:
        child = subprocess.run(  # noqa: S603
            [sys.executable, "-I", decode.__file__, *map(str, limits)],
            input=content,
            capture_output=True,
            timeout=settings.IMAGE_DECODER_SECONDS,
            env={"MALLOC_ARENA_MAX": "1"},  # and none of our secrets
            check=False,
        )
    except subprocess.TimeoutExpired:
        return ErrorCode.TOO_SLOW.encode()
    if child.returncode == 0:
        return child.stdout
    ended_by_a_limit = child.returncode in (-signal.SIGXCPU, -signal.SIGKILL)
    return (ErrorCode.TOO_SLOW if ended_by_a_limit else ErrorCode.DAMAGED).encode()


def _invalid(code: ErrorCode, content: bytes) -> InvalidImage:
    start = content[:1000]
    if code is ErrorCode.UNKNOWN:
        if kind := _other_kind(start):
            return InvalidImage(code, OTHER_KIND % {"kind": kind})
        if start.startswith(IMAGE_SIGNATURES) or start[4:8] == b"ftyp":
            code = ErrorCode.DAMAGED
    limit = settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS // 1_000_000
    return InvalidImage(code, MESSAGES[code] % {"limit": limit})


def _other_kind(start: bytes) -> str | None:
    if start[4:].startswith(VIDEOS):
        return str(_("video"))
    if b"<svg" in start:
        return str(_("drawing in SVG"))
    return next((str(kind) for sign, kind in OTHER_KINDS.items() if start.startswith(sign)), None)


class OriginalFile(WagtailImageFieldFile):
    """Strips a picture on its way to the storage, whichever way it takes."""

    def save(self, name: str, content: File, save: bool = True) -> None:
        content = content if isinstance(content, BareFile) else strip(content)
        # Wagtail has measured what was uploaded; this is what is kept.
        self.instance.file_size = content.size
        self.instance.file_hash = content_hash = hash_filelike(content)
        self.instance.problem = ""
        # Renditions are named after it, and browsers keep what has a name.
        kept_name = Path(name).with_suffix(Path(content.name or "").suffix).name
        super().save(f"{content_hash[:8]}-{kept_name}", content, save)


class OriginalFileField(WagtailImageField):
    """Where an original is stored: whoever writes a file through it writes a stripped one."""

    attr_class = OriginalFile
