"""An article as search engines read it. Google asks of health pages who wrote and checked them."""

from django.conf import settings
from wagtail.images.models import AbstractRendition

from blog.models import ArticlePage
from clinic_site.clinic.models.details import ClinicDetails
from clinic_site.clinic.models.people import Person
from clinic_site.pages.schema_org import (
    Node,
    clinic_reference,
    node,
    person_node,
    profile_address,
    schema_org_of,
)


@schema_org_of.register(ArticlePage)
def article_nodes(
    page: ArticlePage, clinic: ClinicDetails, address: str, rendition: AbstractRendition | None
) -> list[Node]:
    def somebody(person: Person) -> Node:
        return person_node(person, profile_address(person, clinic, settings.BASE_URL))

    facts = node(
        ["MedicalWebPage", "Article"],
        url=address,
        mainEntityOfPage=address,
        headline=page.title,
        description=page.description,
        image=rendition and _image(rendition),
        datePublished=page.first_published_at,
        dateModified=page.last_published_at,
        author=page.author and somebody(page.author),
        reviewedBy=page.reviewer and page.reviewed_on and somebody(page.reviewer),
        lastReviewed=page.reviewed_on,
        publisher=clinic_reference(clinic, settings.BASE_URL),
    )
    return [{"@id": address} | facts]


def _image(rendition: AbstractRendition) -> Node:
    return node(
        "ImageObject", url=rendition.full_url, width=rendition.width, height=rendition.height
    )
