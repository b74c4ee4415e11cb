"""Parts of a page that can be read by themselves, at its own address.

`?figure=ID` is a picture of its body, large: where figures lead to without JavaScript.
`?sheet=exercises` is its exercises alone, to print. Since the path is the page's, they are cached
and made anew with it, and their canonical address is the page's.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from wagtail.models import Page

from clinic_site.pages.blocks.content import CaptionedImageBlock
from clinic_site.pages.blocks.exercise import ExerciseBlock
from clinic_site.pages.blocks.traversal import images_in

EXERCISES = "exercises"


def part_of(page: Page, request: HttpRequest) -> TemplateResponse | None:
    """Return the part of `page` that is asked for, or None for the page itself.

    Raises Http404 if the page has no such part.
    """
    if figure := request.GET.get("figure"):
        shown = _blocks(page, lambda bound: _is_image(bound) and bound.id == figure)
        numbered = {"figures": getattr(page, "figures", {})}
        return _answer(page, request, "pages/figure.html", shown, _("Figure"), numbered)
    if sheet := request.GET.get("sheet"):
        shown = exercises_in(page) if sheet == EXERCISES else []
        return _answer(page, request, "pages/exercise_sheet.html", shown, _("Exercises"))
    return None


def exercises_in(page: Page) -> list[Any]:
    return _blocks(page, lambda bound: isinstance(bound.block, ExerciseBlock))


def _blocks(page: Page, wanted: Callable[[Any], bool]) -> list[Any]:
    return [bound for bound in getattr(page, "body", None) or () if wanted(bound)]


def _is_image(bound: Any) -> bool:
    return isinstance(bound.block, CaptionedImageBlock) and bool(bound.value["image"])


def _answer(
    page: Page,
    request: HttpRequest,
    template: str,
    shown: list[Any],
    title: str,
    more: Mapping[str, Any] = MappingProxyType({}),
) -> TemplateResponse:
    if not shown:
        raise Http404
    context = page.get_context(request)
    *above, here = context["breadcrumbs"]
    crumbs = [*above, {**here, "url": page.get_url(request)}, {"title": title, "url": ""}]
    prefetch_related_objects(list(images_in(shown)), "renditions")
    context |= {"shown": shown, "breadcrumbs": crumbs, **more}
    return TemplateResponse(request, template, context)
