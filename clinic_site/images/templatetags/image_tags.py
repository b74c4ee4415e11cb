from collections.abc import Iterator

from django import template
from django.db import DatabaseError
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from wagtail.images.models import AbstractRendition

from clinic_site.images.models import SiteImage
from clinic_site.images.renditions import IMAGE_PRESETS, ImagePreset, renditions_of

register = template.Library()


@register.simple_tag
def picture(
    image: SiteImage | None, use: str, alt: str = "", first: bool = False
) -> SafeString | str:
    """Show `image` as `renditions.IMAGE_PRESETS` says. The `first` one of a page comes at once.

    A picture that cannot be had leaves its description in its place.
    """
    if image is None:
        return alt
    try:
        renditions = renditions_of(image, IMAGE_PRESETS[use])
    except (OSError, DatabaseError):
        return alt
    fallback = renditions.pop(IMAGE_PRESETS[use].fallback.spec)
    hint = {"fetchpriority": "high"} if first else {"loading": "lazy"}
    sources = format_html_join(
        "", '<source{} srcset="{}" type="image/{}">', _sources(renditions, IMAGE_PRESETS[use])
    )
    return format_html("<picture>{}{}</picture>", sources, fallback.img_tag({"alt": alt, **hint}))


def _sources(
    renditions: dict[str, AbstractRendition], use: ImagePreset
) -> Iterator[tuple[SafeString | str, str, str]]:
    """Yield what each `<source>` says. Wagtail's own tag repeats `sizes` where it is an error."""
    if not renditions:
        return
    sizes = format_html(' sizes="{}"', use.sizes) if use.sizes else ""
    for kind in use.formats:
        made = [renditions[f"{shape}|format-{kind}"] for shape in use.shapes]
        # A small original is no wider in a large shape; each width is named once.
        widths = {one.width: f"{one.url} {one.width}w" for one in made}
        yield sizes, ", ".join(widths.values()) if len(made) > 1 else made[0].url, kind
