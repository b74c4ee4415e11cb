from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy

from clinic_site.documents.models import SiteDocument
from clinic_site.documents.uses import is_offered

# Wagtail's own, which the next release keeps at another place.
WORK = CollectionOwnershipPermissionPolicy(
    SiteDocument, auth_model="wagtaildocs.Document", owner_field_name="uploaded_by_user"
)
# It is to be kept or printed; whatever opens it all the same may do nothing.
POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox"


@require_safe
def document(request: HttpRequest, pk: int, name: str) -> HttpResponseBase:
    """Give out what a published page offers; what does not yet, to those who work with it."""
    found = get_object_or_404(SiteDocument, pk=pk)
    offered = is_offered(found)
    if not offered and not _works_with_documents(request.user):
        raise Http404
    if name != found.address_name:
        return redirect(found)  # never for good: titles change, and back again
    return _file(request, found, "no-cache" if offered else "private, no-store")


def _works_with_documents(user: Any) -> bool:
    return bool(WORK.user_has_any_permission(user, ["add", "change", "choose"]))


def _file(request: HttpRequest, document: SiteDocument, caching: str) -> HttpResponseBase:
    try:
        file = document.file.open("rb")
    except OSError as error:
        raise Http404 from error
    request.META.pop("HTTP_ACCEPT_ENCODING", None)  # a PDF is compressed already
    response = FileResponse(
        file, as_attachment=True, filename=document.address_name, content_type="application/pdf"
    )
    response["ETag"] = f'"{document.file_hash}"'
    response["Cache-Control"] = caching
    response["Content-Security-Policy"] = POLICY
    return response
