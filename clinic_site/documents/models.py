from django.db import models
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document

from clinic_site.documents.upload import PdfField


class SiteDocument(AbstractDocument):
    """A PDF that the clinic hands out, for everybody as soon as a published page offers it."""

    file = PdfField(verbose_name=_("file"), upload_to="documents")
    # As Wagtail has them, but after `file`: they are written after it, when it was checked.
    file_size = models.PositiveBigIntegerField(null=True, editable=False)
    file_hash = models.CharField(max_length=40, blank=True, editable=False)
    pages = models.PositiveSmallIntegerField(_("pages"), default=0, editable=False)

    admin_form_fields = Document.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    @property
    def url(self) -> str:
        """Where it is read: the same for ever, whatever file stands behind it."""
        return reverse("document", args=[self.pk, self.address_name])

    @property
    def size_in_words(self) -> str:
        """Say how large the file is: "340 KB"."""
        size = self.file_size or 0
        if size < 1024 * 1024:
            return f"{max(1, round(size / 1024))} KB"
        return filesizeformat(size)

    def get_absolute_url(self) -> str:
        return self.url

    @property
    def address_name(self) -> str:
        """What a browser calls the file: its title. Under any other name it is found as well."""
        return f"{slugify(self.title)[:80].strip('-') or 'document'}.pdf"
