"""What all pages share in the editor."""

from typing import Any

from django.core.exceptions import ValidationError
from django.forms import DateTimeInput
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import slugify
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.models import Page

from clinic_site.http.security import View
from clinic_site.pages.editing.reserved_slugs import is_reserved, words_for

ACTIONS_TO_READERS = ("publish", "submit", "restart-workflow", "workflow-action")
SCHEDULE, PUBLISH = "action-schedule", "action-publish"
UNTITLED = gettext_noop("Untitled")


class SitePageForm(WagtailAdminPageForm):
    """A draft is taken as it is; what readers may see is asked for when it is sent to them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False
        for name in {"go_live_at", "expire_at"} & set(self.fields):
            # The browser's own picker goes away by itself; Wagtail's covers the button below it.
            self.fields[name].widget = DateTimeInput({"type": "datetime-local"}, "%Y-%m-%dT%H:%M")

    @property
    def is_draft(self) -> bool:
        """Whether nothing is published, submitted or approved by this."""
        return not any(f"action-{action}" in self.data for action in ACTIONS_TO_READERS)

    def defer_required_fields(self) -> None:
        super().defer_required_fields()
        for name in {"title", "slug"} & set(self.fields):
            if self.fields[name].required:
                self.fields[name].required = False
                self.deferred_required_fields.append(name)

    def clean_title(self) -> str:
        """Keep what is written below a title that has no words yet."""
        title: str = self.cleaned_data["title"]
        return title or self.initial.get("title") or gettext(UNTITLED)

    def clean_slug(self) -> str:
        # Without one, the page makes its own of the title: the script that fills the field in
        # may wake only after the title was typed.
        slug: str = self.cleaned_data["slug"] or self.initial.get("slug") or ""
        if not slug and not self.is_draft and not slugify(self.cleaned_data.get("title", "")):
            raise ValidationError(self.fields["slug"].error_messages["required"], "required")
        if self.parent_page and is_reserved(slug, self.parent_page):
            raise ValidationError(words_for(slug))
        return slug

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if cleaned.get("expire_at") and self.instance.pk and self.instance.is_site_root():
            message = _(
                "The home page can’t come down by itself. Remove its end under Status, “Edit "
                "schedule.”"
            )
            super().add_error(None, message)
        return cleaned

    def add_error(self, field: str | None, error: Any) -> None:
        """Let an expired page be worked on; say in view what keeps it from being published.

        Wagtail's error stands in a panel that is folded in, and refuses drafts too.
        """
        if field != "expire_at" or not self._end_has_come:
            super().add_error(field, error)
        elif not self.is_draft:
            when = date_format(timezone.localtime(self.initial["expire_at"]), "DATETIME_FORMAT")
            message = _(
                "This page came down on %(when)s, as it was set to. Choose a later end or remove "
                "it under Status, “Edit schedule.” Then you can publish it."
            )
            super().add_error(None, message % {"when": when})

    @property
    def _end_has_come(self) -> bool:
        """Whether the end is past, and stands as it was when the form was opened."""
        before, now = self.initial.get("expire_at"), self.cleaned_data.get("expire_at")
        if not before or not now or before > timezone.now():
            return False
        # The field has no seconds.
        return bool(before.replace(second=0, microsecond=0) == now.replace(second=0, microsecond=0))


def with_schedule(view: View) -> Any:
    """Publish what is sent by “Schedule”, to which its times then apply; or keep it as a draft.

    Wagtail would have a second press elsewhere. A page that is not live and is given no time to go
    live stays as it is.
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
