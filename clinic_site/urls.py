from django.conf import settings
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.contrib.sitemaps.views import sitemap

from booking.public.views.calendar_feed import practitioner_calendar
from clinic_site.accounts.session import preserve_post
from clinic_site.accounts.urls import for_signed_in
from clinic_site.documents.views import document
from clinic_site.health.metrics import metrics
from clinic_site.http import health
from clinic_site.images import views as images
from clinic_site.page_cache.decorators import cached_page
from clinic_site.pages.editing.urls import with_our_editor
from clinic_site.pages.sitemaps import Profiles, PublishedPages
from clinic_site.pages.views import admin_errors, errors, site_wide
from clinic_site.privacy import views as privacy

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error

admin_urls = [*for_signed_in, *with_our_editor(wagtailadmin_urls.urlpatterns)]

urlpatterns = [
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("metrics", metrics),
    path("privacy/", cached_page(privacy.privacy), name="privacy"),
    path("accessibility/", cached_page(site_wide.accessibility), name="accessibility"),
    path("favicon.ico", site_wide.favicon),
    path("robots.txt", site_wide.robots),
    path("appearance/", include("clinic_site.appearance.urls")),
    path(
        "sitemap.xml",
        cached_page(sitemap, lists=True),
        {"sitemaps": {"pages": PublishedPages, "people": Profiles}},
    ),
    path(f"{settings.MEDIA_URL.strip('/')}/images/<path:name>", images.rendition),
    path("documents/<int:pk>/<str:name>", document, name="document"),
    # Wagtail has a second sign-in for private pages; there is one entrance here.
    path(
        "_util/login/",
        RedirectView.as_view(pattern_name="wagtailadmin_login", query_string=True),
    ),
    path("admin/", include("clinic_site.second_factor.urls")),
    path("admin/", include("clinic_site.accounts.urls")),
    path("admin/", include("clinic_site.staff.urls")),
    path("admin/", include(preserve_post(admin_urls, admin_errors.signed_out_page))),
    path("", include("blog.urls")),
    path("book/", include("booking.urls")),
    path("calendars/<str:token>.ics", practitioner_calendar, name="practitioner_calendar"),
    path("comments/", include("comments.urls")),
    re_path(wagtail_urls.serve_pattern, cached_page(site_wide.page), name="wagtail_serve"),
    path("", include(wagtail_urls)),
]
