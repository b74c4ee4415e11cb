"""What is kept of a picture that staff upload: what it shows, and nothing else.

A photograph carries where and when it was taken, with what, and by whom (EXIF, XMP, IPTC,
comments, the colour profile of somebody's screen). All of it is left behind when the file
is stored, and once more when a rendition is made, for originals that came another way.
"""

import math
from io import BytesIO
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files import File
from django.utils.translation import gettext_lazy as _
from PIL import Image as Pillow
from PIL import ImageCms, ImageOps
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm
from wagtail.images.models import WagtailImageFieldFile
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


class PictureField(WagtailImageField):
    """Refuses too many pixels before they are unpacked, and what cannot be read to its end."""

    def to_python(self, data: Any) -> Any:
        picture = super().to_python(data)
        if picture is None:
            return None
        try:
            return strip(picture)
        except Exception as error:  # as many kinds as there are ways to break a picture
            raise ValidationError(_("This picture is damaged. Please save it anew.")) from error

    def check_image_pixel_size(self, f: Any) -> None:
        """Read the size from the header. Wagtail unpacks the whole picture to learn it."""
        message = _("This picture has more than %(limit)s million pixels. Please make it smaller.")
        too_large = ValidationError(
            message % {"limit": self.max_image_pixels // 1_000_000}, code="file_too_many_pixels"
        )
        try:
            with Pillow.open(f) as header:
                pixels = header.width * header.height
        except (Pillow.DecompressionBombError, Pillow.DecompressionBombWarning):
            raise too_large from None
        except Exception as error:
            raise ValidationError(self.error_messages["invalid_image"]) from error
        if pixels > self.max_image_pixels:
            raise too_large
        f.seek(0)


class PictureForm(BaseImageForm):
    file = PictureField(label=_("File"), widget=BaseImageForm.Meta.widgets["file"])


def strip_everything() -> None:
    """Put the two places where pictures pass in Wagtail under this module's care."""
    from wagtail.images import get_image_model

    get_image_model()._meta.get_field("file").attr_class = OriginalFile
    registry.register_operation(
        PillowImage, "auto_orient", lambda willow: PillowImage(bare(willow.image))
    )
