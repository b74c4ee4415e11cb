from typing import Any

from django.conf import settings
from wagtail.contrib.sitemaps import Sitemap
from wagtail.query import PageQuerySet

from clinic_site.pages.profiles import profile_paths
from clinic_site.pages.published import listed


class PublishedPages(Sitemap):
    """What anybody may read, with the day of its last publication."""

    def items(self) -> PageQuerySet:
        home = self.get_wagtail_site().root_page
        return listed(home.get_descendants(inclusive=True)).order_by("path")


class Profiles(Sitemap):
    """The people of the team, if they have a page."""

    def get_urls(self, *_args: Any, **_options: Any) -> list[dict[str, str]]:
        return [{"location": f"{settings.BASE_URL}{path}"} for path in profile_paths()]
