from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, PageViewRestriction, Revision

from clinic_site.images.models import SiteImage
from clinic_site.pages.blocks.traversal import clean_rich_texts
from clinic_site.pages.editing.copying import SitePageCopyForm
from clinic_site.pages.editing.forms import SitePageForm
from clinic_site.pages.editing.root_page import SitePagePermissionTester
from clinic_site.pages.models.parts import part_of
from clinic_site.pages.pasting.stored_text import tidied
from clinic_site.pages.published import has_ended


class SitePage(Page):
    """Every type of page of the clinic's site is one of these.

    Search, breadcrumbs, the privacy of aliases and what other sites show of a page know these pages
    only. To add a type, subclass this in a `models` module that the app's `models` package imports:
    - `parent_page_types` and `subpage_types` say where it may stand;
    - `description`, `share_title` and `share_image` what is shown of it elsewhere;
    - `kind` what the search calls it;
    - `text_excerpts` what it says, for the moderators of its comments, if `accepts_comments`;
    - `shown_on` which other pages show something of it, so that they are made anew with it.
    It needs a template, `<app>/<model>.html`; what it tells search engines is registered
    with `pages.schema_org.schema_org_of`. A page at more than one address also mixes in Wagtail's
    RoutablePageMixin, before this class, and names its other addresses in `get_route_paths`.
    """

    kind: str | Promise = _("Page")
    accepts_comments = False

    base_form_class = SitePageForm
    copy_form_class = SitePageCopyForm

    share_type = "website"  # Open Graph's word for what kind of page it is

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Store rich text whose lists are whole and whose links lead where readers can go."""
        super().clean()
        clean_rich_texts(self, tidied)

    @property
    def description(self) -> str:
        """Return what lists, search engines and other sites say of this page."""
        return self.search_description

    @property
    def share_title(self) -> str:
        return self.seo_title or self.title

    @property
    def share_image(self) -> SiteImage | None:
        """Return the image that other sites show; without one they show the clinic's card."""
        return None

    def text_excerpts(self) -> list[str]:
        """Return what this page says, in its order, for whoever reads what others say of it."""
        return [self.description]

    def shown_on(self) -> Iterable[Page]:
        """Return the pages that show something of this one, besides those above it."""
        return ()

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return part_of(self, request) or super().serve(request, *args, **kwargs)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["breadcrumbs"] = self.breadcrumbs(request)
        if self.alias_of_id:  # the same words stand at the address that it repeats
            context["canonical_url"] = self.alias_of.get_full_url(request)
        return context

    def save(self, *args: Any, **kwargs: Any) -> Any:
        if self.alias_of_id:
            _follow_original(self)
        return super().save(*args, **kwargs)

    def permissions_for_user(self, user: Any) -> SitePagePermissionTester:
        return SitePagePermissionTester(user, self)

    def save_revision(self, *args: Any, **kwargs: Any) -> Revision:
        later = self.go_live_at and self.go_live_at > timezone.now()
        if later and self.live and self.live_revision_id is None:
            self.live_revision = self._what_readers_see()
        saved: Revision = super().save_revision(*args, **kwargs)
        return saved

    def _what_readers_see(self) -> Revision:
        """Make a version of what is live and came by no editor.

        Wagtail takes a page without one down when its next version is scheduled.
        """
        page = type(self)._base_manager.get(pk=self.pk)
        seen = Revision.objects.create(
            content_object=page,
            base_content_type=page.get_base_content_type(),
            content=page.serializable_data(),
            object_str=str(page),
        )
        Page.objects.filter(pk=self.pk).update(live_revision=seen)
        return seen

    def update_aliases(self, **kwargs: Any) -> None:
        """Publish the aliases with this page; Wagtail does so when it is scheduled already."""
        if self.live:
            super().update_aliases(**kwargs)

    @cached_property
    def ancestor_pages(self) -> list[Page]:
        """The pages from home down to the parent, drafts included."""
        return list(self.get_ancestors().filter(depth__gt=1))

    def breadcrumbs(self, request: HttpRequest) -> list[dict[str, str]]:
        """Return the pages from home to this one; the last, this one, has no address."""
        above = [page for page in self.ancestor_pages if page.live and not has_ended(page)]
        crumbs = [{"title": page.title, "url": page.get_url(request)} for page in above]
        return [*crumbs, {"title": self.title, "url": ""}]

    # Whether it is known already that neither this page nor one above it is private.
    is_open = False

    def get_view_restrictions(self) -> models.QuerySet[PageViewRestriction]:
        """Return what keeps this page private. Asks once, where Wagtail asks twice.

        An alias is as private as the page that it repeats.
        """
        if self.is_open:
            return PageViewRestriction.objects.none()
        ends = range(self.steplen, len(self.path) + 1, self.steplen)
        paths = [self.path[:end] for end in ends]
        repeats = Page.objects.filter(
            path__in=paths, alias_of__path__startswith=OuterRef("page__path")
        )
        return PageViewRestriction.objects.filter(Q(page__path__in=paths) | Exists(repeats))


def _follow_original(alias: Any) -> None:
    """Have it repeat an original, never another alias, and be public no sooner than that."""
    repeated = Page.objects.select_related("alias_of").get(pk=alias.alias_of_id)
    alias.alias_of = repeated.alias_of or repeated
    alias.live = alias.live and alias.alias_of.live
