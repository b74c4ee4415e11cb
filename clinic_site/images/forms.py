"""What the admin's form for a picture refuses, each with a sentence beside its field."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL import Image as Pillow
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from clinic_site.images.upload import strip


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
