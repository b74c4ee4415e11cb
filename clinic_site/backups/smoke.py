"""Whether a site that has just been restored does its work: pages, keys, pictures."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings
from django.test import Client
from wagtail.images import get_image_model
from wagtail.models import Page

from clinic_site.privacy.key_checks import wrong_keys

ALWAYS = ("/", "/admin/login/", "/healthz", "/readyz")


def what_fails() -> Iterator[str]:
    """Yield in words what does not work."""
    if wrong := wrong_keys():
        yield wrong
    for address in _addresses():
        if problem := _problem_at(address):
            yield problem
    if missing := _missing_pictures():
        yield f"{missing} pictures have no file."


def _addresses() -> list[str]:
    """Return those that every site has, and a published page of each kind."""
    newest = {page.specific_class: page for page in Page.objects.live().public().order_by("pk")}
    addresses = [page.get_url() for page in newest.values()]
    return [*ALWAYS, *(urlsplit(url).path for url in addresses if url and url != "/")]


def _problem_at(address: str) -> str:
    client = Client(raise_request_exception=False)
    host = settings.SITE.hostname or ""
    answer = client.get(address, secure=settings.HTTPS, headers={"host": host})
    if answer.status_code != 200:
        return f"{address} is a {answer.status_code}. Has `manage.py collectstatic` been run?"
    return ""


def _missing_pictures() -> int:
    images = get_image_model().objects.only("file").iterator()
    return sum(not image.file.storage.exists(image.file.name) for image in images)
