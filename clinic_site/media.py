"""Pictures that were made for readers. What staff uploaded is not reachable from outside.

In production a web server in front serves the same folder (see `deploy/`).
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe
from django.views.static import serve

RENDITIONS = settings.MEDIA_ROOT / "images"
ONE_YEAR = 365 * 24 * 3600


@require_safe
def rendition(request: HttpRequest, name: str) -> HttpResponseBase:
    """Serve a rendition. Its name changes with its content, so it may be kept for good."""
    response = serve(request, name, document_root=str(RENDITIONS))
    response["Cache-Control"] = f"public, max-age={ONE_YEAR}, immutable"
    return response
