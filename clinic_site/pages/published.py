from functools import cache
from typing import TypeVar

from django.db import models
from django.db.models import Exists, ExpressionWrapper, F, OuterRef, Q
from wagtail.models import PageViewRestriction
from wagtail.query import PageQuerySet

Pages = TypeVar("Pages", bound=PageQuerySet)


def published(pages: Pages) -> Pages:
    """Return those of `pages` that anybody may read: live, and below nothing private.

    An alias is as private as the page that it repeats.
    """
    return pages.live().exclude(_below_something_private())


@cache
def _below_something_private() -> Exists:
    path = ExpressionWrapper(OuterRef("path"), output_field=models.CharField())
    private_above = PageViewRestriction.objects.annotate(below=path).filter(
        Q(below__startswith=F("page__path")) | Q(below__startswith=F("page__aliases__path"))
    )
    return Exists(private_above)
