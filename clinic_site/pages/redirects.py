"""The addresses of pages: those search engines are told of, and those that have changed."""

from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils.deprecation import MiddlewareMixin
from wagtail.contrib.redirects.middleware import get_redirect
from wagtail.contrib.redirects.models import Redirect

from clinic_site.pages.published import has_ended

# How other programs tell their pages apart below one address, as in "/?p=14".
NUMBERED = ("p", "page_id", "attachment_id", "cat", "tag", "m", "feed", "author")


class RedirectMiddleware(MiddlewareMixin):
    """Leads from where a page was to where it is, and from capitals to small letters.

    Wagtail notes the old addresses of a page, and of all below it, when it is moved or
    renamed. Its own middleware would also tell the new address of a page that has been
    withdrawn since, and lead one that came back round in a circle.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if response.status_code != 404 and not _asks_by_number(request):
            return response
        query = urlsplit(request.get_full_path()).query
        if redirect := _noted(request):
            kind = HttpResponsePermanentRedirect if redirect.is_permanent else HttpResponseRedirect
            # What follows a question mark goes along, unless it is a part of the noted address.
            return kind(_with_query(redirect.link, "" if "?" in redirect.old_path else query))
        match = request.resolver_match
        if match and match.url_name == "wagtail_serve" and request.path != request.path.lower():
            return HttpResponsePermanentRedirect(_with_query(request.path.lower(), query))
        return response


def _asks_by_number(request: HttpRequest) -> bool:
    """Tell whether the home page was asked for what another program had there, such as "/?p=14"."""
    return request.path == "/" and not request.GET.keys().isdisjoint(NUMBERED)


def _with_query(address: str, query: str) -> str:
    """Return `address`, which may have a query of its own, with `query` as well."""
    parts = urlsplit(address)
    return parts._replace(query="&".join(filter(None, [parts.query, query]))).geturl()


def _noted(request: HttpRequest) -> Redirect | None:
    """Return what is noted for the address, with or without what follows its question mark."""
    asked = request.get_full_path()
    if _asks_by_number(request):
        name = next(name for name in NUMBERED if name in request.GET)
        asked = f"/?{urlencode({name: request.GET[name]})}"
    address = Redirect.normalise_path(asked, decode_unicode=False)
    redirect = get_redirect(request, address) or get_redirect(request, urlsplit(address).path)
    if redirect is None or not redirect.link:
        return None
    page = redirect.redirect_page
    leads_on = page is None or (page.live and not has_ended(page))
    return redirect if leads_on else None
