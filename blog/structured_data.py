"""An article as search engines read it. Google asks of health pages who wrote and checked them."""

from typing import TYPE_CHECKING

from wagtail.images.models import AbstractRendition

from clinic_site.structured_data import Thing, person, thing

if TYPE_CHECKING:
    from blog.models import ArticlePage


def article(
    page: "ArticlePage", address: str, publisher: Thing, picture: AbstractRendition | None
) -> Thing:
    return {"@id": address} | thing(
        ["MedicalWebPage", "Article"],
        url=address,
        mainEntityOfPage=address,
        headline=page.title,
        description=page.description,
        image=picture and _image(picture),
        datePublished=page.first_published_at,
        dateModified=page.last_published_at,
        author=person(page.author),
        reviewedBy=page.reviewer and person(page.reviewer),
        lastReviewed=page.reviewed_on,
        publisher=publisher,
    )


def _image(picture: AbstractRendition) -> Thing:
    return thing("ImageObject", url=picture.full_url, width=picture.width, height=picture.height)
