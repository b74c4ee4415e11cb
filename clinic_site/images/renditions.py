"""How readers' pages show pictures: in which formats, how wide, and when they are made.

Encoding takes seconds, so no reader waits for it: the worker makes a picture's renditions
when it is uploaded. A page that is read before that shows the fallback, which is quick.
"""

import logging
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db import DatabaseError, InterfaceError, OperationalError
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.images.models import AbstractRendition, Filter, SourceImageIOError

from clinic_site.images.models import RenditionJob, SiteImage
from clinic_site.images.upload import InvalidImage
from clinic_site.jobs.claim import claim_row, claimed
from clinic_site.jobs.status import note_failure, note_success
from clinic_site.page_cache.invalidation import invalidate_all
from clinic_site.sqlite.lock_timeout import HARDLY, lock_timeout

logger = logging.getLogger(__name__)

# In the order of preference. A drawing as WebP weighs a third of the same drawing as PNG.
MODERN_FORMATS = ("avif", "webp")


@dataclass(frozen=True)
class ImagePreset:
    """One way of showing pictures. `shapes` are Wagtail's filters, the fallback's first."""

    shapes: tuple[str, ...]
    sizes: str = ""
    formats: tuple[str, ...] = MODERN_FORMATS

    @cached_property
    def fallback(self) -> Filter:
        return Filter(f"{self.shapes[0]}|format-jpeg")

    @cached_property
    def filters(self) -> list[Filter]:
        modern = [
            Filter(f"{shape}|format-{name}") for name in self.formats for shape in self.shapes
        ]
        return [*modern, self.fallback]


FIGURE = ImagePreset(
    ("width-800", "width-480", "width-1200"),
    sizes="(min-width: 41rem) 38rem, 100vw",
)
CARD = ImagePreset(
    ("fill-480x360", "fill-240x180", "fill-800x600"),
    sizes="(min-width: 75rem) 19rem, (min-width: 38rem) 45vw, 6rem",
)

IMAGE_PRESETS = {
    "figure": FIGURE,
    "wide figure": replace(FIGURE, sizes=f"(min-width: 78rem) 42rem, {FIGURE.sizes}"),
    "large figure": replace(FIGURE, sizes="(min-width: 75rem) 75rem, 100vw"),
    "card": CARD,
    "lead card": replace(CARD, sizes="(min-width: 75rem) 40rem, (min-width: 50rem) 55vw, 100vw"),
    "hero": ImagePreset(
        ("fill-800x1000", "fill-480x600"),
        sizes="(min-width: 46rem) 50vw, 100vw",
    ),
    "portrait": ImagePreset(
        ("fill-240x240", "fill-480x480"),
        sizes="(min-width: 62rem) 13.5rem, (min-width: 38rem) 45vw, 6rem",
    ),
    "profile": ImagePreset(("fill-400x400",)),
    # What other sites show of a page that somebody shares; they read JPEG only.
    "share": ImagePreset(("fill-1200x630",), formats=()),
}

QUEUE = "renditions"
TRIES = 3


def renditions_of(image: SiteImage, use: ImagePreset) -> dict[str, AbstractRendition]:
    """Return the image's renditions by filter: all of `use`, or the fallback until they are made.

    Asks nothing of the database if the renditions were prefetched. Raises SourceImageIOError,
    which is an OSError, if they cannot be made; the original is tried again by the worker only.
    """
    made = image.find_existing_renditions(*use.filters)
    if len(made) == len(use.filters):
        return {use_filter.spec: made[use_filter] for use_filter in use.filters}
    if use.fallback in made:
        return {use.fallback.spec: made[use.fallback]}
    if image.problem:
        raise SourceImageIOError(image.problem)
    try:
        with lock_timeout(HARDLY):  # a reader never waits for somebody who writes
            return image.get_renditions(use.fallback)
    except OperationalError as error:
        raise SourceImageIOError("It cannot be stored at the moment.") from error


def share_rendition(image: SiteImage | None) -> AbstractRendition | None:
    """Return the picture that stands for a page on other sites, or None if there is none."""
    if image is None:
        return None
    try:
        return next(iter(renditions_of(image, IMAGE_PRESETS["share"]).values()))
    except (OSError, DatabaseError):
        return None


def queue_renditions(instance: SiteImage, raw: bool = False, **_signal: Any) -> None:
    """Queue the making of an image's renditions; those that are there already cost nothing."""
    if not raw:
        asked = {"due_at": timezone.now(), "attempts": 0}
        RenditionJob.objects.update_or_create(image=instance, defaults=asked)


def queue_missing_renditions() -> None:
    """Queue the images that lack a rendition, as all do when a new version shows them anew."""
    specs = {made.spec for use in IMAGE_PRESETS.values() for made in use.filters}
    made = Count(
        "renditions__filter_spec", filter=Q(renditions__filter_spec__in=specs), distinct=True
    )
    lacking = SiteImage.objects.annotate(made=made).filter(made__lt=len(specs))
    jobs = (RenditionJob(image=image) for image in lacking.only("pk"))
    RenditionJob.objects.bulk_create(jobs, batch_size=500, ignore_conflicts=True)


def make_due_renditions(now: datetime, limit: int | None = None) -> int:
    """Make the renditions of up to `limit` images that wait at `now`; return how many are done."""
    due = RenditionJob.objects.filter(due_at__lte=now, attempts__lt=TRIES).order_by("due_at")
    return sum(
        _make(job)
        for job in due.select_related("image")[:limit]
        if claim_row(job, now=now, attempts=job.attempts + 1)
    )


def make_next_renditions() -> int:
    """Make the renditions of one image, so that no other work waits for many; return 0 or 1."""
    return make_due_renditions(timezone.now(), limit=1)


def _make(job: RenditionJob) -> bool:
    started_at = timezone.now()
    try:
        for use in IMAGE_PRESETS.values():
            job.image.get_renditions(*use.filters)
    except (InterfaceError, OperationalError) as error:  # which tells nothing of the picture
        logger.warning("picture %s was not stored: %s", job.pk, type(error).__name__)
        return False
    except Exception as error:  # whatever one picture does, the others go on
        logger.warning("picture %s was not made: %s", job.pk, type(error).__name__)
        note_failure(QUEUE, started_at, error)
        _set_problem(job.image, problem_of(job.image, error))
        return False
    _set_problem(job.image, "")
    invalidate_all()  # pages may have been kept with the fallback
    # If somebody has asked again in the meantime, the job stays.
    claimed(job).delete()
    note_success(QUEUE, started_at)
    return True


def problem_of(image: SiteImage, error: Exception) -> str:
    """Say in words for editors why `image` cannot be shown."""
    if isinstance(error, InvalidImage):
        return str(error)
    if not image.file.storage.exists(image.file.name):
        return _("Its file is gone.")
    return _("Its file can’t be shown.")


def _set_problem(image: SiteImage, problem: str) -> None:
    """Write it past `save`, which would queue the image again."""
    if image.problem != problem:
        SiteImage.objects.filter(pk=image.pk, file=image.file.name).update(problem=problem)
