from collections.abc import Iterator
from contextlib import contextmanager

from django.core.files import File
from django.db import DatabaseError, OperationalError, models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.images.exceptions import InvalidFilterSpecError
from wagtail.images.models import (
    AbstractImage,
    AbstractRendition,
    Filter,
    Image,
    SourceImageIOError,
    get_upload_to,
)
from wagtail.utils.file import hash_filelike

from clinic_site.images.upload import OriginalFileField, strip
from clinic_site.sqlite.lock_timeout import HARDLY, lock_timeout

NOT_FOUND = "not-found"  # as Wagtail calls it


class SiteImage(AbstractImage):
    """A picture that staff have uploaded, stored as what it shows and nothing else."""

    file = OriginalFileField(
        verbose_name=_("file"),
        upload_to=get_upload_to,
        width_field="width",
        height_field="height",
    )
    # As Wagtail has them, but after `file`: they are written after it, when it has been stripped.
    file_size = models.PositiveBigIntegerField(null=True, editable=False)
    file_hash = models.CharField(max_length=40, blank=True, editable=False, db_index=True)
    # Why no renditions could be made of the file, in words for editors.
    problem = models.CharField(max_length=250, blank=True, editable=False)

    admin_form_fields = Image.admin_form_fields

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")

    @contextmanager
    def open_file(self) -> Iterator[File]:
        """Yield the original as `strip` leaves it, also if another program has put it there.

        Raises SourceImageIOError for what is gone or cannot be read.
        """
        with super().open_file() as file:
            as_written = hash_filelike(file) == self.file_hash
            file.seek(0)
            yield file if as_written else strip(file)

    @property
    def default_alt_text(self) -> str:
        """What a block takes over that shows it: its description, never the name of a file."""
        return self.description

    def _set_file_hash(self) -> None:
        with super().open_file() as file:
            self.file_hash = hash_filelike(file)

    def generate_rendition_file(
        self,
        filter: Filter,  # noqa: A002
        *,
        source: File | None = None,
    ) -> File:
        """Make a rendition. Raises SourceImageIOError, whatever it is that one picture does."""
        try:
            return super().generate_rendition_file(filter, source=source)
        except (SourceImageIOError, InvalidFilterSpecError, DatabaseError):
            raise
        except Exception as error:
            raise SourceImageIOError(f"{type(error).__name__}: {error}") from error

    def get_rendition(self, filter: Filter | str) -> AbstractRendition:  # noqa: A002
        """Return a rendition, or one without a file: Wagtail asks so, on pages that hold more.

        Readers' pages ask `renditions.renditions_of`. Nobody waits until a new one can be stored.
        """
        try:
            with lock_timeout(HARDLY):
                return super().get_rendition(filter)
        except (SourceImageIOError, OperationalError):
            lacking: AbstractRendition = self.get_rendition_model()(image=self, width=0, height=0)
            lacking.file.name = NOT_FOUND
            return lacking


class SiteRendition(AbstractRendition):
    """A picture as a page shows it, made from a `SiteImage`."""

    image = models.ForeignKey(SiteImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="one_rendition_a_filter"
            )
        ]


class RenditionJob(models.Model):
    """An image whose renditions the worker is to make."""

    image = models.OneToOneField(
        SiteImage, primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    due_at = models.DateTimeField(default=timezone.now, db_index=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    wagtail_reference_index_ignore = True  # a job is no use of the image

    def __str__(self) -> str:
        return f"renditions of image {self.pk}"
