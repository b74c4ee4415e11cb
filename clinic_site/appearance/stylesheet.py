"""The site's one style sheet with the clinic's own tokens behind it: no second request.

The address holds the theme itself, so that it asks nothing of the database and a page that somebody
has kept finds its sheet for good.
"""

import re
from functools import cache
from hashlib import sha256

from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from clinic_site.appearance.theme import Theme, theme_of

SHEET = "css/site.css"
A_YEAR = 365 * 24 * 3600  # seconds
RELATIVE = re.compile(r'url\("?\.\./')


@require_safe
def stylesheet(request: HttpRequest, theme: str, version_: str) -> HttpResponse:
    try:
        read = theme_of(theme)
    except ValueError as error:
        raise Http404 from error
    if not read.is_readable:  # no form of ours stores it
        raise Http404
    response = HttpResponse(sheet_with(read), content_type="text/css; charset=utf-8")
    current = version_ == version()
    keep = f"max-age={A_YEAR}, immutable" if current else "max-age=60"
    response["Cache-Control"] = f"public, {keep}"
    return response


def version() -> str:
    """Return what changes with the sheet, as the name of its file does."""
    return sha256(static(SHEET).encode()).hexdigest()[:8]


def sheet_with(theme: Theme) -> str:
    return f"{_site_sheet()}\n{theme.css}\n"


@cache
def _site_sheet() -> str:
    """Return the sheet as `collectstatic` has left it, its addresses seen from anywhere."""
    names = getattr(staticfiles_storage, "hashed_files", {})
    if SHEET not in names:  # the server for development serves each part as it stands
        return f'@import url("{static(SHEET)}");'
    with staticfiles_storage.open(names[SHEET]) as file:
        text = file.read().decode()
    above = static(SHEET).rpartition("/css/")[0]
    return RELATIVE.sub(lambda found: found[0].replace("../", f"{above}/"), text)
