"""Which pages link to a page: whoever moves or deletes one is told first."""

from collections.abc import Callable, Iterable

from django.contrib import messages
from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Page, ReferenceIndex
from wagtail.query import PageQuerySet

NAMED = 5
DEPTH_OF_MENU = 3  # the pages right below home


def pages_linking_to(pages: Iterable[Page]) -> PageQuerySet:
    """Return the pages that link to one of `pages` or to one below, and are not among them."""
    inside = Page.objects.none()
    for page in pages:
        inside |= Page.objects.descendant_of(page, inclusive=True)
    a_page = ContentType.objects.get_for_model(Page)
    links = ReferenceIndex.objects.filter(
        base_content_type=a_page,
        to_content_type=a_page,
        to_object_id__in=[str(pk) for pk in inside.values_list("pk", flat=True)],
    )
    linking = [int(pk) for pk in links.values_list("object_id", flat=True).distinct()]
    return Page.objects.filter(pk__in=linking).exclude(pk__in=inside.values("pk")).order_by("title")


def warn_before_deleting(request: HttpRequest, page: Page) -> None:
    _warn_of_menu(request, page)
    _warn(
        request,
        page,
        lambda count: ngettext(
            "A page links here, and its link will stop working. Change it first: {}",
            "{count} pages link here, and their links will stop working. Change them first: {}",
            count,
        ),
    )


def warn_before_unpublishing(request: HttpRequest, page: Page) -> None:
    _warn_of_menu(request, page)
    _warn(
        request,
        page,
        lambda count: ngettext(
            "A page links here. Its link won’t work until this is published again: {}",
            "{count} pages link here. Their links won’t work until this is published again: {}",
            count,
        ),
    )


def warn_before_moving(request: HttpRequest, page: Page) -> None:
    if request.method == "GET" and (below := page.get_descendant_count()):
        words = ngettext(
            "%(count)s page below it moves along.", "%(count)s pages below it move along.", below
        )
        messages.warning(request, words % {"count": below})
    _warn(
        request,
        page,
        lambda count: ngettext(
            "A page links here. Its link will follow, and the old address leads on: {}",
            "{count} pages link here. Their links will follow, and the old address leads on: {}",
            count,
        ),
    )


def _warn_of_menu(request: HttpRequest, page: Page) -> None:
    in_menu = page.live and page.show_in_menus and page.depth == DEPTH_OF_MENU
    if request.method == "GET" and in_menu:
        title = page.get_admin_display_title()
        words = _("“%(title)s” is in the menu on every page, and it will disappear from there too.")
        messages.warning(request, words % {"title": title})


def _warn(request: HttpRequest, page: Page, words: Callable[[int], str]) -> None:
    if request.method != "GET":
        return
    linking = list(pages_linking_to([page]))
    if linking:
        message = words(len(linking))
        messages.warning(request, format_html(message, _names(linking), count=len(linking)))


def _names(linking: list[Page]) -> SafeString:
    shown = (
        (reverse("wagtailadmin_pages:edit", args=[page.pk]), page.get_admin_display_title())
        for page in linking[:NAMED]
    )
    names = format_html_join(", ", '<a href="{}">{}</a>', shown)
    return format_html("{} …", names) if len(linking) > NAMED else names
