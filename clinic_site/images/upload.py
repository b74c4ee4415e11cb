"""What is kept of a picture that staff upload: what it shows, and nothing else.

A photograph carries where and when it was taken, with what, and by whom (EXIF, XMP, IPTC,
comments, the colour profile of somebody's screen). All of it is left behind when the file
is stored, and once more when a rendition is made, for originals that came another way.
"""

import math
from io import BytesIO
from pathlib import Path

from django.core.files import File
from PIL import Image as Pillow
from PIL import ImageCms, ImageOps
from wagtail.images.models import WagtailImageField, WagtailImageFieldFile
from wagtail.utils.file import hash_filelike
from willow.plugins.pillow import PillowImage
from willow.registry import registry

# Pixels of the longer side: twice the widest rendition, and some room for cropping.
LONGEST_SIDE = 3200

# By Pillow's names. MPO is what phones call a JPEG with a second picture inside.
FORMATS: dict[str, tuple[str, dict[str, int]]] = {
    "JPEG": ("JPEG", {"quality": 92}),
    "MPO": ("JPEG", {"quality": 92}),
    "PNG": ("PNG", {}),
    "WEBP": ("WEBP", {"quality": 92}),
    "AVIF": ("AVIF", {"quality": 85, "speed": 8}),
    "GIF": ("GIF", {}),
}


class BareFile(File):
    """A picture that `strip` has been over already."""


def strip(file: File) -> BareFile:
    """Return the picture upright, in sRGB, no larger than the site needs, without metadata.

    Raises OSError, or another of Pillow's many exceptions, for what is no whole picture.
    """
    file.seek(0)
    with Pillow.open(file) as picture:
        name, options = FORMATS[picture.format or ""]
        stripped = BytesIO()
        bare(_shrunk(picture)).save(stripped, name, **options)
    stripped.seek(0)
    return BareFile(stripped, name=Path(file.name or "picture").name)


def bare(picture: Pillow.Image) -> Pillow.Image:
    """Return the picture's pixels, upright and in sRGB; of its notes only what is transparent."""
    upright: Pillow.Image = ImageOps.exif_transpose(picture)
    picture = _in_srgb(upright)
    picture.info = {name: value for name, value in picture.info.items() if name == "transparency"}
    picture.getexif().clear()
    return picture


def _shrunk(picture: Pillow.Image) -> Pillow.Image:
    if max(picture.size) <= LONGEST_SIDE:
        return picture
    if picture.mode in ("1", "P"):  # colours of a palette cannot be mixed
        picture = picture.convert("RGBA")
    width, height = (math.ceil(side * LONGEST_SIDE / max(picture.size)) for side in picture.size)
    # Without a gap, and told both sides, Pillow unpacks a large JPEG at half its size.
    picture.thumbnail((width, height), reducing_gap=1)
    return picture


def _in_srgb(picture: Pillow.Image) -> Pillow.Image:
    profile = picture.info.get("icc_profile")
    if profile:
        mode = "RGBA" if picture.has_transparency_data else "RGB"
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            target = ImageCms.createProfile("sRGB")
            converted = ImageCms.profileToProfile(picture, source, target, outputMode=mode)
        except (ImageCms.PyCMSError, OSError):  # a profile for other pixels than these
            converted = None
        picture = converted or picture
    return picture.convert("RGB") if picture.mode == "CMYK" else picture


class OriginalFile(WagtailImageFieldFile):
    """Strips a picture on its way to the storage, whichever way it takes."""

    def save(self, name: str, content: File, save: bool = True) -> None:
        content = content if isinstance(content, BareFile) else strip(content)
        # Wagtail has measured what was uploaded; this is what is kept.
        self.instance.file_size = content.size
        self.instance.file_hash = content_hash = hash_filelike(content)
        # Renditions are named after it, and browsers keep what has a name.
        super().save(f"{content_hash[:8]}-{Path(name).name}", content, save)


class OriginalFileField(WagtailImageField):
    """Where an original is stored: whoever writes a file through it writes a stripped one."""

    attr_class = OriginalFile


def strip_when_rendered() -> None:
    """Have Willow leave everything but the pixels behind, for originals that came another way."""
    registry.register_operation(
        PillowImage, "auto_orient", lambda willow: PillowImage(bare(willow.image))
    )
