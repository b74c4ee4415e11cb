"""Pictures that were made for readers. What staff uploaded is not reachable from outside.

A web server in front may serve the same folder, and nothing else of MEDIA_ROOT.
"""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe
from django.views.static import serve

RENDITIONS = settings.MEDIA_ROOT / "images"
ONE_YEAR = 365 * 24 * 3600


@require_safe
def rendition(request: HttpRequest, name: str) -> HttpResponseBase:
    """Serve a rendition. Its name carries a hash of its content, so it may be kept for good."""
    try:
        response = serve(request, name, document_root=str(RENDITIONS))
    except OSError:  # a name that no file system takes
        raise Http404 from None
    response["Cross-Origin-Resource-Policy"] = "cross-origin"  # the feed, in other sites' readers
    response["Cache-Control"] = f"public, max-age={ONE_YEAR}, immutable"
    return response
