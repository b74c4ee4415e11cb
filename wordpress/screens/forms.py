import re
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.text import get_valid_filename
from django.utils.translation import gettext_lazy as _

from wordpress.runs import exports, folder, media_folders

HOST = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+", re.IGNORECASE)


class ImportForm(forms.Form):
    file = forms.FileField(
        label=_("Export from WordPress"),
        required=False,
        help_text=_("In WordPress: Tools » Export » All content. It’s kept for 30 days."),
        widget=forms.FileInput(attrs={"accept": ".xml"}),
    )
    export = forms.ChoiceField(
        label=_("Or one that’s here already"),
        required=False,
        help_text=_("Larger ones can be put into the folder “import” on the server."),
    )
    pictures = forms.ChoiceField(
        label=_("Folder of pictures"),
        required=False,
        help_text=_("A copy of wp-content/uploads, in the folder “import” on the server."),
    )
    host = forms.CharField(
        label=_("Or the old site’s address, to fetch pictures from"),
        required=False,
        max_length=200,
        help_text=_("Like “www.clinic.example.” Nothing is fetched from anywhere else."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, found in (("export", exports()), ("pictures", media_folders())):
            field = self.fields[name]
            field.choices = [("", _("None")), *((each, each) for each in found)]  # type: ignore[attr-defined]

    def clean_file(self) -> UploadedFile | None:
        file: UploadedFile | None = self.cleaned_data["file"]
        if file and (file.size or 0) > settings.LARGEST_FILE:
            raise ValidationError(
                _("This file is larger than %(largest)s. Have it put on the server instead.")
                % {"largest": filesizeformat(settings.LARGEST_FILE)}
            )
        if file and not (file.name or "").lower().endswith(".xml"):
            raise ValidationError(_("Please choose the export: its name ends in .xml."))
        return file

    def clean_host(self) -> str:
        host: str = re.sub(r"^https?://", "", self.cleaned_data["host"].strip()).split("/")[0]
        if host and not HOST.fullmatch(host):
            raise ValidationError(_("Please enter the name of a site, like “www.clinic.example.”"))
        return host.lower()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not cleaned.get("file") and not cleaned.get("export"):
            self.add_error("file", _("Please choose an export."))
        return cleaned

    def stored_export(self) -> str:
        """Return the name of the chosen export, stored if it was sent."""
        file = self.cleaned_data["file"]
        if file is None:
            name: str = self.cleaned_data["export"]
            return name
        path = folder() / f"{get_valid_filename(file.name)[-100:-4]}.xml"
        path.touch(mode=0o600)
        with path.open("wb") as stored:
            stored.writelines(file.chunks())
        return path.name
