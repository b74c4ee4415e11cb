from django.db import models
from django.utils import timezone


class PictureJob(models.Model):
    """An image whose renditions the worker is to make."""

    image = models.OneToOneField(
        "wagtailimages.Image", primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    due_at = models.DateTimeField(default=timezone.now, db_index=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    wagtail_reference_index_ignore = True  # a job is no use of the image

    def __str__(self) -> str:
        return f"renditions of image {self.pk}"
