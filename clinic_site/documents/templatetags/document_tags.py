from django import template

from clinic_site.documents.models import SiteDocument
from clinic_site.documents.uses import DocumentUse, uses_of

register = template.Library()


@register.simple_tag
def uses_of_document(document: SiteDocument) -> list[DocumentUse]:
    return uses_of(document)
