"""The times of a page take effect by one press, where Wagtail would have a second one elsewhere."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from wagtail.models import Page

from clinic_site.http.security import View

SCHEDULE = "action-schedule"
PUBLISH = "action-publish"


def with_schedule(view: View) -> Any:
    """Publish what is sent by “Schedule”, to which its times then apply; or keep it as a draft.

    A page that is not live and is given no time to go live stays as it is.
    """

    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.POST.get(SCHEDULE):
            sent = request.POST.copy()
            del sent[SCHEDULE]
            if sent.get("go_live_at") or (
                sent.get("expire_at") and _is_live(kwargs.get("page_id"))
            ):
                sent[PUBLISH] = PUBLISH
            request.POST = sent  # type: ignore[assignment]
        return view(request, *args, **kwargs)

    return answer


def _is_live(pk: int | None) -> bool:
    return Page.objects.filter(pk=pk, live=True).exists()
