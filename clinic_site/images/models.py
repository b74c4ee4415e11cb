from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, Image, get_upload_to

from clinic_site.images.upload import OriginalFileField


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

    admin_form_fields = Image.admin_form_fields

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")


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
