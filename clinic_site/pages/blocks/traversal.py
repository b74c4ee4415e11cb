"""What is inside a body, told by the blocks themselves: whoever adds a block adds to no list."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db.models import Model
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.images.blocks import ImageChooserBlock

from clinic_site.images.models import SiteImage


def images_in(body: Iterable[Any]) -> Iterator[SiteImage]:
    """Yield the pictures that editors have chosen in a body's blocks, in its order."""
    for bound in body:
        for block, value in innermost(bound.block, bound.value):
            if isinstance(block, ImageChooserBlock) and value:
                yield value


def documents_on(page: Model) -> Iterator[Model]:
    """Yield the documents that editors have chosen in the bodies of `page`."""
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            for bound in getattr(page, field.name):
                for block, value in innermost(bound.block, bound.value):
                    if isinstance(block, DocumentChooserBlock) and value:
                        yield value


def rich_texts_with_blocks(body: Iterable[Any]) -> Iterator[tuple[Any, str]]:
    """Yield the blocks of a body that hold rich text, each with what is stored of it."""
    for bound in body:
        for block, value in innermost(bound.block, bound.value):
            if isinstance(block, blocks.RichTextBlock) and value:
                yield bound, value.source


def clean_rich_texts(page: Model, clean: Callable[[str], str]) -> None:
    """Let every rich text of `page` be what `clean` makes of what is stored of it."""
    for field in page._meta.get_fields():
        if isinstance(field, RichTextField):
            setattr(page, field.name, clean(getattr(page, field.name) or ""))
        elif isinstance(field, StreamField):
            for bound in getattr(page, field.name):
                for block, value in innermost(bound.block, bound.value):
                    if isinstance(block, blocks.RichTextBlock) and value:
                        value.source = clean(value.source)


def innermost(block: Any, value: Any) -> Iterator[tuple[Any, Any]]:
    """Yield the blocks inside a block that hold no others, each with its value or None."""
    if value is None:
        yield block, value
    elif isinstance(block, blocks.BaseStructBlock):
        for name, child in block.child_blocks.items():
            yield from innermost(child, value.get(name))
    elif isinstance(block, blocks.ListBlock):
        for item in value:
            yield from innermost(block.child_block, item)
    elif isinstance(block, blocks.BaseStreamBlock):
        for bound in value:
            yield from innermost(bound.block, bound.value)
    else:
        yield block, value
