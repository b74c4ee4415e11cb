import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clinic_site.settings")

# Settings must have been read before the cache is.
django_application = get_wsgi_application()

from clinic_site.page_cache.front import CachedPagesInFront  # noqa: E402
from clinic_site.page_views.counting.notes import note_view  # noqa: E402

application = CachedPagesInFront(django_application, note_view)
