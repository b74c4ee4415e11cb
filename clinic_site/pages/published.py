from functools import cache
from typing import TypeVar

from django.db import models
from django.db.models import Exists, ExpressionWrapper, F, OuterRef, Q
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction
from wagtail.query import PageQuerySet

from clinic_site.pages.prepared import PresentTime

Pages = TypeVar("Pages", bound=PageQuerySet)


def published(pages: Pages) -> Pages:
    """Return those of `pages` that anybody may read: live, not ended, and below nothing private.

    A page ends at its second, whether or not the worker has withdrawn it. An alias is as private
    as the page that it repeats.
    """
    return pages.live().filter(_lasts()).exclude(_below_something_private())


def has_ended(page: Page) -> bool:
    return page.expire_at is not None and page.expire_at <= timezone.now()


@cache
def _lasts() -> Q:
    return Q(expire_at__isnull=True) | Q(expire_at__gt=PresentTime())


def listed(pages: Pages) -> Pages:
    """Return those of `pages` that a list names: what anybody may read, each of them once.

    An alias says the same as its original, so it is named only where that is not among `pages`.
    """
    original = pages.filter(pk=OuterRef("alias_of"))
    return published(pages).filter(Q(alias_of=None) | ~Exists(original))


@cache
def _below_something_private() -> Q:
    path = models.CharField()
    aliases_above = Page.objects.annotate(
        below=ExpressionWrapper(OuterRef(OuterRef("path")), output_field=path)
    ).filter(below__startswith=F("path"))
    repeats_something_below = Exists(
        aliases_above.filter(alias_of__path__startswith=OuterRef("page__path"))
    )
    private_above = PageViewRestriction.objects.annotate(
        below=ExpressionWrapper(OuterRef("path"), output_field=path)
    ).filter(Q(below__startswith=F("page__path")) | Q(repeats_something_below))
    # Asked once for all pages: where nothing is private, no page is looked at by itself.
    anything_private = Exists(PageViewRestriction.objects.all())
    return Q(anything_private) & Q(Exists(private_above))
