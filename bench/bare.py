"""What everything is compared with: a Django view that returns the same bytes, and nothing else."""

import os
from pathlib import Path

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import re_path

settings.configure(
    ROOT_URLCONF=__name__,
    SECRET_KEY="none of it is signed",
    ALLOWED_HOSTS=["127.0.0.1"],
    MIDDLEWARE=[],
)
BYTES = Path(os.environ["BARE_FILE"]).read_bytes()


def bare(request: HttpRequest) -> HttpResponse:
    return HttpResponse(BYTES)


urlpatterns = [re_path("", bare)]
application = get_wsgi_application()
