"""Records that two people have open at once: nobody saves over the other without being told.

The line that the admin's log has of each change is what tells a newer version, whose it is and
since when. Pages have versions of their own; see `clinic_site.pages.editing`.
"""

from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.log_actions import registry

SEEN = "seen_change"  # the field by which a form says which change it knows of


class EditConflictMixin:
    """Goes before one of Wagtail's views that edit a record."""

    request: Any
    model: Any
    object: Any

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with transaction.atomic():
            self.object = self.get_object()  # type: ignore[attr-defined]
            # Whoever saves meanwhile waits; SQLite has one writer at a time anyway.
            list(self.model._base_manager.select_for_update().filter(pk=self.object.pk))
            self.object = self.get_object()  # type: ignore[attr-defined]
            if self.is_older:
                return self.keep_the_form()
            response: HttpResponse = super().post(request, *args, **kwargs)  # type: ignore[misc]
            return response

    def get_form(self, *args: Any, **kwargs: Any) -> Any:
        form = super().get_form(*args, **kwargs)  # type: ignore[misc]
        form.fields[SEEN] = forms.CharField(
            widget=forms.HiddenInput, required=False, initial=str(getattr(self.newest, "pk", ""))
        )
        return form

    @cached_property
    def newest(self) -> Any:
        """The log's line of the last change, or None."""
        return registry.get_logs_for_instance(self.object).select_related("user").first()

    @property
    def is_older(self) -> bool:
        """Whether the form was opened before the last change, and would undo some of it."""
        seen = self.request.POST.get(SEEN)
        if seen is None or self.newest is None or seen == str(self.newest.pk):
            return False
        return self.says_otherwise(self.get_form())

    def says_otherwise(self, form: Any) -> bool:
        below = getattr(form, "formsets", {}).values()
        return bool({*form.changed_data} - {SEEN}) or any(each.has_changed() for each in below)

    def keep_the_form(self) -> HttpResponse:
        """Show what was typed, unsaved; to send it again is a decision in full knowledge."""
        self.request.POST = self.request.POST.copy()
        self.request.POST[SEEN] = str(self.newest.pk)
        form = self.get_form()
        form.is_valid()
        messages.error(self.request, whose_is_newer(self.newest, self.request.user))
        self.object = self.get_object()  # type: ignore[attr-defined]
        response: HttpResponse = self.render_to_response(  # type: ignore[attr-defined]
            self.get_context_data(form=form)  # type: ignore[attr-defined]
        )
        return response


def whose_is_newer(change: Any, reader: Any) -> str:
    when = date_format(timezone.localtime(change.timestamp), "DATETIME_FORMAT")
    who = change.user and change.user.display_name
    if change.user is not None and change.user == reader:
        newer = _("You saved a newer version elsewhere (%(when)s).") % {"when": when}
    else:
        newer = _("%(who)s saved a newer version (%(when)s).")
        newer = newer % {"who": who or _("Someone"), "when": when}
    told = _(
        "Yours is still here, not saved. Open this page in another tab to see theirs. To keep "
        "yours, save it again."
    )
    return f"{newer} {told}"
