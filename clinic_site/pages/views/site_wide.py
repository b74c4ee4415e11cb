from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.templatetags.static import static
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from wagtail import views as wagtail_views

from clinic_site.pages.context import shared_context_of


def page(request: HttpRequest, path: str) -> HttpResponse:
    """Wagtail's own view of its pages, which need not ask whose site and home page these are."""
    if site := shared_context_of(request).site:
        # Where `Site.find_for_request` keeps what it has found.
        request._wagtail_site = site  # type: ignore[attr-defined]
    return wagtail_views.serve(request, path)


@cache_control(public=True, max_age=3600)
@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """The icon at the address where browsers look without being told."""
    branding = shared_context_of(request).clinic.branding
    return HttpResponseRedirect(branding.icon_url or static("images/icon.png"))


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/accessibility.html")


@cache_control(public=True, max_age=24 * 3600)
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /comments/",
        f"Sitemap: {settings.BASE_URL}/sitemap.xml",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")
