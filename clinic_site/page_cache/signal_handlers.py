"""Changes that reach pages past our own services: by Wagtail's admin, or by saving a record."""

from typing import Any

from django.db.models import Model
from django.db.models.signals import post_delete, post_save, pre_save
from wagtail.images import get_image_model
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.signals import post_page_move

from clinic_site.clinic.models.closures import Closure
from clinic_site.clinic.models.details import ClinicDetails
from clinic_site.clinic.models.locations import Location, OpeningHours
from clinic_site.clinic.models.people import Person
from clinic_site.page_cache.invalidation import (
    invalidate_all,
    invalidate_page_and_lists,
    invalidate_pages,
)

# Home and the pages below it: their titles are in the menu, the foot and the breadcrumbs.
IN_MENUS = 3


def invalidate_all_on_change(model: type[Model]) -> None:
    """Have every page made anew when a record of `model` changes. An app calls it as it starts."""
    for signal in (post_save, post_delete):
        signal.connect(_invalidate_all, sender=model, dispatch_uid=f"page_cache.{model.__name__}")


def connect() -> None:
    """Hear of every change of what the pages of this project's own models show."""
    of_clinic = (ClinicDetails, Closure, Location, OpeningHours, Person)
    for model in (*of_clinic, PageViewRestriction, Site):
        invalidate_all_on_change(model)
    pre_save.connect(_page_will_change)
    post_save.connect(_page_changed)
    post_delete.connect(_page_deleted)
    post_page_move.connect(_invalidate_all)
    post_save.connect(_image_changed, sender=get_image_model())
    post_delete.connect(_invalidate_all, sender=get_image_model())


def _invalidate_all(**_signal: Any) -> None:
    invalidate_all()


def _page_will_change(instance: Any, raw: bool = False, **signal: Any) -> None:
    """A page that is renamed leaves the address where it was."""
    if isinstance(instance, Page) and instance.pk and _is_public(signal):
        before = Page.objects.filter(pk=instance.pk).first()
        if before and before.url_path != instance.url_path:
            invalidate_pages(before)


def _page_changed(instance: Any, created: bool, **signal: Any) -> None:
    if not isinstance(instance, Page) or not _is_public(signal) or (created and not instance.live):
        return
    # What is loaded from a file may not know its depth.
    if (instance.depth or 0) <= IN_MENUS or _is_privacy_notice(instance):
        invalidate_all()
    else:
        invalidate_page_and_lists(instance)


def _is_privacy_notice(page: Page) -> bool:
    """Tell whether the foot of every page leads to `page` while it is published."""
    return ClinicDetails.objects.filter(privacy_notice=page.pk).exists()


def _is_public(signal: dict[str, Any]) -> bool:
    """Tell a change that readers may see from the saving of a draft, which names its fields."""
    fields = signal.get("update_fields")
    return fields is None or "latest_revision" not in fields


def _page_deleted(instance: Any, **_signal: Any) -> None:
    if isinstance(instance, Page):
        invalidate_all()


def _image_changed(created: bool, **_signal: Any) -> None:
    if not created:
        invalidate_all()
