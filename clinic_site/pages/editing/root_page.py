"""The first page of a site stays: without it, nobody finds anything."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models.signals import pre_delete, pre_save
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, PagePermissionTester, Site
from wagtail.permissions import page_permission_policy

STAYS = _(
    "This is the home page, and every other page leads to it. You can’t take it down, move it or "
    "delete it. Change what it says instead."
)
ALIAS_STAYS = _(
    "This is an alias: it’s public as long as the page that it repeats. To take it down alone, "
    "delete it."
)
SITE_STAYS = _("The website itself can’t be deleted: its pages would have no address anymore.")


class SitePagePermissionTester(PagePermissionTester):
    """Offers nobody what would leave the site without its first page, superusers neither."""

    @property
    def stays(self) -> bool:
        # Wagtail keeps these paths in the cache: asked for every row of a list.
        places = (site.root_path for site in Site.get_site_root_paths())
        return any(place.startswith(self.page.url_path) for place in places)

    def can_unpublish(self) -> bool:
        return not self.stays and bool(super().can_unpublish())

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return not self.stays and bool(super().can_delete(ignore_bulk))

    def can_move_to(self, destination: Page) -> bool:
        return not self.stays and bool(super().can_move_to(destination))


def begin_at_home() -> None:
    """Have the list of pages, its path and its menu begin at the home page, and not above it.

    As long as it is the only one there: of several sites somebody has to see all.
    """
    policy, kept_as = page_permission_policy, "_explorable_root_page_cache"
    first_page = policy.explorable_root_instance

    def first_page_below_the_root(user: Any) -> Page | None:
        page: Page | None = first_page(user)
        if page and page.is_root():
            below = list(page.get_children()[:2])
            page = below[0] if len(below) == 1 else page
            setattr(user, kept_as, page)  # where Wagtail finds it the next time
        return page

    policy.explorable_root_instance = first_page_below_the_root


def protect_root_pages() -> None:
    """Refuse it to whatever else changes pages: jobs, commands, a shell."""
    pre_save.connect(_refuse_taking_down)
    pre_delete.connect(_refuse_deleting)


def _refuse_taking_down(instance: Any, raw: bool = False, **_signal: Any) -> None:
    if not isinstance(instance, Page) or instance.live or not instance.pk or raw:
        return
    if Site.objects.filter(root_page=instance.pk, root_page__live=True).exists():
        raise PermissionDenied(STAYS)


def _refuse_deleting(instance: Any, **_signal: Any) -> None:
    if isinstance(instance, Site) and instance.is_default_site:
        raise PermissionDenied(SITE_STAYS)
    if isinstance(instance, Page) and Site.objects.filter(root_page=instance.pk).exists():
        raise PermissionDenied(STAYS)
