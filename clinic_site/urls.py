from django.conf import settings
from django.urls import include, path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.contrib.sitemaps.views import sitemap

from clinic_site import errors, health, media, views
from clinic_site.addresses import Profiles, PublishedPages

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error

urlpatterns = [
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("privacy/", views.privacy, name="privacy"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("favicon.ico", views.favicon),
    path("robots.txt", views.robots),
    path("sitemap.xml", sitemap, {"sitemaps": {"pages": PublishedPages, "people": Profiles}}),
    path(f"{settings.MEDIA_URL.strip('/')}/images/<path:name>", media.rendition),
    # Wagtail has a second sign-in for private pages; there is one entrance here.
    path("_util/login/", RedirectView.as_view(pattern_name="wagtailadmin_login")),
    path("admin/", include(wagtailadmin_urls)),
    path("", include("blog.urls")),
    path("book/", include("booking.urls")),
    path("comments/", include("comments.urls")),
    path("", include(wagtail_urls)),
]
