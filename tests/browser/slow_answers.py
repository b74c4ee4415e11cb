import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

SECONDS = 2  # longer than the editor waits between two automatic saves


class SlowAnswers:
    """Takes in what an editor sends late, and answers later still, as a busy machine does."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        slow = request.method == "POST" and request.path.startswith("/admin/pages/")
        if slow:
            time.sleep(SECONDS / 4)
        response = self.get_response(request)
        if slow:
            time.sleep(SECONDS)
        return response
