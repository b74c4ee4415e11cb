"""Practitioners get at what is theirs, and at nothing of anybody else's."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from booking.models import Practitioner

OWN = "booking.see_own_calendar"


def practitioner_of(request: HttpRequest) -> Practitioner | None:
    """Return whose account it is, if that is somebody who may see their own and can be booked."""
    if not request.user.has_perm(OWN):
        return None
    return (
        Practitioner.objects.select_related("person")
        .filter(person__account=request.user.pk)
        .first()
    )


class OwnMixin:
    """A screen of the practitioner who is signed in."""

    any_permission_required: list[str] | None = None
    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.own_practitioner is None:
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        return response

    @cached_property
    def own_practitioner(self) -> Practitioner | None:
        return practitioner_of(self.request)

    def trail(self) -> list[dict[str, Any]]:
        return [{"url": reverse("own_calendar:index"), "label": _("My calendar")}]
