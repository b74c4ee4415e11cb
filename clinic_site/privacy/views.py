from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from clinic_site.privacy.register import personal_data_records


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is held about people, from the apps that hold it."""
    context = {
        "records": personal_data_records(),
        "staff_hours": settings.SESSION_HOURS,
        "known_browser_days": timedelta(seconds=settings.KNOWN_BROWSER_AGE).days,
    }
    return render(request, "privacy/privacy.html", context)
