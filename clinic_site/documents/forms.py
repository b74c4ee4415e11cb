"""What the admin's form for a document refuses, each with a sentence beside its field."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from wagtail.documents.fields import WagtailDocumentField
from wagtail.documents.forms import BaseDocumentForm

from clinic_site.documents.upload import checked

KIND = _("A PDF, up to %(largest)s.")
TOO_LARGE = _("This file is too large (%(size)s). Please choose a PDF up to %(largest)s.")
TOO_LARGE_OF_UNKNOWN_SIZE = _("This file is too large. Please choose a PDF up to %(largest)s.")


class UploadedPdfField(WagtailDocumentField):
    """Takes a PDF by its content, whatever the file is called."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        largest = {"largest": self.max_upload_size_text}
        self.help_text = KIND % largest
        # What the browser says of a file before it is sent.
        self.error_messages["file_too_large_unknown_size"] = TOO_LARGE_OF_UNKNOWN_SIZE % largest

    def to_python(self, data: Any) -> Any:
        file = forms.FileField.to_python(self, data)
        if file is None:
            return None
        if file.size > self.max_upload_size:
            words = {"size": filesizeformat(file.size), "largest": self.max_upload_size_text}
            raise ValidationError(TOO_LARGE % words, code="file_too_large")
        return checked(file)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Have the browser refuse what is too large before it is sent."""
        largest = settings.WAGTAILDOCS_MAX_UPLOAD_SIZE
        said = {
            "accept": ".pdf,application/pdf",
            "data-largest-file": largest,
            "data-too-large": TOO_LARGE_OF_UNKNOWN_SIZE % {"largest": filesizeformat(largest)},
        }
        return {**super().widget_attrs(widget), **said}


class DocumentForm(BaseDocumentForm):
    file = UploadedPdfField(label=_("File"), widget=BaseDocumentForm.Meta.widgets["file"])
