"""An article as search engines read it. Google asks of health pages who wrote and checked them."""

from typing import TYPE_CHECKING

from wagtail.images.models import AbstractRendition

from clinic_site.clinic.models.details import ClinicDetails
from clinic_site.clinic.models.people import Person
from clinic_site.pages.structured_data import Thing, clinic_in_short, person, profile_address, thing

if TYPE_CHECKING:
    from blog.models import ArticlePage


def article(
    page: "ArticlePage",
    address: str,
    clinic: ClinicDetails,
    base_url: str,
    picture: AbstractRendition | None,
) -> Thing:
    def somebody(of_the_clinic: Person) -> Thing:
        return person(of_the_clinic, profile_address(of_the_clinic, clinic, base_url))

    return {"@id": address} | thing(
        ["MedicalWebPage", "Article"],
        url=address,
        mainEntityOfPage=address,
        headline=page.title,
        description=page.description,
        image=picture and _image(picture),
        datePublished=page.first_published_at,
        dateModified=page.last_published_at,
        author=somebody(page.author),
        reviewedBy=page.reviewer and page.reviewed_on and somebody(page.reviewer),
        lastReviewed=page.reviewed_on,
        publisher=clinic_in_short(clinic, base_url),
    )


def _image(picture: AbstractRendition) -> Thing:
    return thing("ImageObject", url=picture.full_url, width=picture.width, height=picture.height)
