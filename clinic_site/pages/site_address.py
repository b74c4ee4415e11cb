from typing import Any
from urllib.parse import urlsplit

from django.conf import settings


def sync_site_hostname(**_signal: Any) -> None:
    """Give Wagtail's site the address of `BASE_URL`, so that there is one place to set it."""
    from wagtail.models import Site

    address = urlsplit(settings.BASE_URL)
    port = address.port or {"https": 443}.get(address.scheme, 80)
    for site in Site.objects.filter(is_default_site=True).exclude(
        hostname=address.hostname, port=port
    ):
        site.hostname, site.port = address.hostname, port
        site.save()
