"""A client whose requests go through the application in front of Django, as a server's do."""

from collections.abc import Iterable
from typing import Any

from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpResponse
from django.test import Client
from django.test.client import ClientHandler

from clinic_site.page_cache.front import CachedPagesInFront
from clinic_site.page_views.counting.notes import note_view


class FrontHandler(ClientHandler):
    """What Django answers comes as from any client; what the front answers has no context."""

    def __call__(self, environ: dict[str, Any]) -> HttpResponse:
        made: list[HttpResponse] = []
        started: list[Any] = []

        def django(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
            response = super(FrontHandler, self).__call__(environ)
            made.append(response)
            cookies = [("Set-Cookie", str(c.OutputString())) for c in response.cookies.values()]
            start_response(f"{response.status_code} ", [*response.items(), *cookies])
            return Passed(response)

        body = CachedPagesInFront(django, note_view)(environ, lambda *given: started.extend(given))
        if isinstance(body, Passed):
            return body.response
        headers = dict(started[1])
        answer = HttpResponse(b"".join(body), status=int(started[0][:3]), headers=headers)
        if "Content-Type" not in headers:
            del answer["Content-Type"]
        answer.wsgi_request = WSGIRequest(environ)  # type: ignore[attr-defined]
        return answer


class Passed(list[bytes]):
    """The body of an answer of Django's, which goes on to the client as it is."""

    def __init__(self, response: HttpResponse) -> None:
        super().__init__()
        self.response = response


class FrontClient(Client):
    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.handler = FrontHandler(options.get("enforce_csrf_checks", False))
