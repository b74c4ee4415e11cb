"""What the admin's form for a picture refuses, each with a sentence beside its field."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from clinic_site.images.upload import InvalidImage, strip

FORMATS = _("JPEG, PNG, HEIC, WebP, AVIF or GIF, up to %(largest)s.")
TOO_LARGE = _("This file is too large (%(size)s). Please choose one up to %(largest)s.")
TOO_LARGE_OF_UNKNOWN_SIZE = _("This file is too large. Please choose one up to %(largest)s.")
NOT_AN_IMAGE = _("We can’t show files of this kind. Please choose a JPEG, PNG or HEIC picture.")


class UploadedImageField(WagtailImageField):
    """Takes what the site can show, whatever the file is called, as `strip` leaves it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        largest = {"largest": self.max_upload_size_text}
        self.help_text = FORMATS % largest
        # What the browser says of a file before it is sent.
        self.error_messages["file_too_large_unknown_size"] = TOO_LARGE_OF_UNKNOWN_SIZE % largest
        self.error_messages["invalid_image_extension"] = NOT_AN_IMAGE

    def to_python(self, data: Any) -> Any:
        file = forms.FileField.to_python(self, data)
        if file is None:
            return None
        if file.size > self.max_upload_size:
            words = {"size": filesizeformat(file.size), "largest": self.max_upload_size_text}
            raise ValidationError(TOO_LARGE % words, code="file_too_large")
        try:
            return strip(file)
        except InvalidImage as error:
            raise ValidationError(str(error), code=error.code) from error

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Have the browser refuse what is too large before it is sent."""
        largest = settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE
        words = TOO_LARGE_OF_UNKNOWN_SIZE % {"largest": filesizeformat(largest)}
        said = {"data-largest-file": largest, "data-too-large": words}
        return {**super().widget_attrs(widget), **said}


class ImageForm(BaseImageForm):
    file = UploadedImageField(label=_("File"), widget=BaseImageForm.Meta.widgets["file"])
