"""Wagtail's editor of pages, in which nothing happens twice and the newest decision stands."""

import json
from typing import Any
from uuid import UUID, uuid4

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.auth import user_has_any_page_permission
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.pages import create, edit, workflow
from wagtail.admin.views.pages.revisions import RevisionsRevertView
from wagtail.models import Page

from clinic_site.pages.editing.decisions import (
    STATUS_OF,
    decided_so_far,
    is_done_already,
    last_answer,
    newer_version,
    what_an_answer_did,
)

ACTIONS = ("publish", "submit", "restart-workflow", "workflow-action", "cancel-workflow")
WagtailsWorkflowAction: Any = getattr(workflow, "WorkflowActionView", None)  # in Wagtail 8
WAGTAILS_NAMES = {"perform_workflow_action": "workflow-action"}
OVER = gettext_lazy(
    "This was already decided, or it’s someone else’s to decide. Nothing was changed."
)


def action_asked(request: HttpRequest) -> str:
    """Return what a form of the editor asks for; without a word of it, to be saved."""
    return next((name for name in ACTIONS if request.POST.get(f"action-{name}")), "save")


def place_for(user: Any, page: Page) -> HttpResponse:
    """Lead somebody to where the page stands, or home if they may not look around."""
    if user_has_any_page_permission(user):
        return redirect("wagtailadmin_explore", page.get_parent().pk)
    return redirect("wagtailadmin_home")


class EditView(edit.EditView):
    is_new_form = False  # whether the form has been sent before, as that of a new page

    def dispatch(self, request: HttpRequest, page_id: int, **kwargs: Any) -> HttpResponse:
        try:
            with transaction.atomic():  # refused is refused as a whole
                response: HttpResponse = super().dispatch(request, page_id, **kwargs)
                return response
        except PermissionDenied as refusal:
            if action_asked(request) != "workflow-action":
                raise
            # A reviewer may open the article only as long as the review waits.
            return self.say_what_was_decided(refusal)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        asked = action_asked(request)
        if self.page.alias_of_id:
            return self.answer_post(request)
        if self.expects_json_response:
            return self.save_by_itself(request, asked)
        if self.is_out_of_date:
            return self.answer_an_older_form(asked)
        if asked == "workflow-action" and not self.workflow_action_is_valid():
            return self.say_what_was_decided()
        if asked == "cancel-workflow" and not self.page.current_workflow_state:
            return self.say_that_it_is_so()
        if asked != self.action_wagtail_does:
            return self.keep_the_form(str(OVER))
        return self.answer_post(request)

    def answer_post(self, request: HttpRequest) -> HttpResponse:
        response: HttpResponse = super().post(request)
        return response

    def save_by_itself(self, request: HttpRequest, asked: str) -> HttpResponse:
        """Save a draft as somebody types. What a button does is done by the form alone."""
        if asked != "save":
            return self.json_refusal(_("This was sent already."))
        if self.is_out_of_date:
            return self.json_refusal(self.why_older())
        response = self.answer_post(request)
        if self.is_new_form and response.status_code == 200:
            known = json.loads(response.content) | {"url": self.get_edit_url()}
            return JsonResponse(known)
        return response

    def answer_an_older_form(self, asked: str) -> HttpResponse:
        """Save nothing over a newer version, unless its writer has been told and asks again."""
        self.bind_form()
        if asked == "workflow-action":
            return self.say_what_was_decided()
        if self.says_the_same and is_done_already(self.real_page_record, asked):
            return self.say_that_it_is_so()
        return self.keep_the_form(self.why_older(), self.compare_buttons())

    @cached_property
    def is_out_of_date(self) -> bool:
        page, seen = self.real_page_record, self.request.POST.get("decided_so_far")
        if self.is_new_form and (page.live or page.workflow_in_progress):
            return True
        if seen and seen != decided_so_far(page):
            return True
        return bool(super().is_out_of_date)

    @property
    def says_the_same(self) -> bool:
        """Whether the form says what the newest version says."""
        return not self.is_reverting and not self.form.has_changed()

    @property
    def action_wagtail_does(self) -> str:
        name: str = self.action_name
        return WAGTAILS_NAMES.get(name, name.replace("_", "-"))

    def workflow_action_is_valid(self) -> bool:
        """Wagtail expects that the review still waits."""
        if not self.page.current_workflow_task:
            return False
        return bool(super().workflow_action_is_valid())

    def bind_form(self) -> None:
        self.form = self.form_class(
            self.request.POST,
            self.request.FILES,
            instance=self.page,
            subscription=self.subscription,
            parent_page=self.parent,
            for_user=self.request.user,
        )

    def keep_the_form(self, message: str, buttons: list[Any] | None = None) -> HttpResponse:
        """Show the form with what was typed, unsaved, and say why."""
        self.bind_form()
        self.form.defer_required_fields()
        self.form.is_valid()
        self.form.restore_required_fields()
        self.has_unsaved_changes = True
        messages.error(self.request, message, buttons=buttons)
        response: HttpResponse = self.render_to_response(self.get_context_data())
        return response

    def why_older(self) -> str:
        told = _(
            "Your version is still here, not saved. Compare the two. To keep yours, press the "
            "button again."
        )
        latest = self.latest_revision
        seen = self.request.POST.get("loaded_revision_id")
        if latest is None or seen == str(latest.pk):
            return _("Something was decided about this page since you opened it.") + f" {told}"
        return f"{newer_version(latest, self.request.user)} {told}"

    def compare_buttons(self) -> list[Any]:
        seen = self.request.POST.get("loaded_revision_id", "")
        latest = self.latest_revision
        if not seen.isdecimal() or latest is None or seen == str(latest.pk):
            return []
        if not self.page.revisions.filter(pk=seen).exists():
            return []
        ends = (self.page.pk, seen, latest.pk)
        compare = reverse("wagtailadmin_pages:revisions_compare", args=ends)
        return [messages.button(compare, _("See what changed"), new_window=True)]

    def json_refusal(self, message: str) -> HttpResponse:
        # By this code the editor stops saving by itself.
        response: HttpResponse = self.json_error_response("invalid_revision", message)
        return response

    def say_that_it_is_so(self) -> HttpResponse:
        title = self.page.get_admin_display_title()
        messages.success(self.request, _("“%(title)s” is saved as you sent it.") % {"title": title})
        if action_asked(self.request) == "save":
            response: HttpResponse = self.redirect_and_remain()
            return response
        return self.redirect_away()

    def say_what_was_decided(self, refusal: PermissionDenied | None = None) -> HttpResponse:
        """Answer somebody whose decision has come before, or comes too late."""
        if self.expects_json_response:
            return self.json_refusal(str(OVER))
        answer = self.request.POST.get("workflow-action-name", "")
        say_what_was_decided(self.request, self.real_page_record, answer, refusal)
        return place_for(self.request.user, self.real_page_record)

    def add_save_confirmation_message(self) -> None:
        if self.action_name != "perform_workflow_action":
            super().add_save_confirmation_message()
            return
        page = Page.objects.get(pk=self.page.pk)
        messages.success(self.request, what_an_answer_did(page, self.workflow_action))

    def redirect_away(self) -> HttpResponse:
        return redirect(self.next_url) if self.next_url else place_for(self.request.user, self.page)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"decided_so_far": decided_so_far(self.real_page_record)}


class RevertView(EditView, RevisionsRevertView):
    pass


class CreateView(create.CreateView):
    """A new page has a key from its first form on; by it the same form is known again."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        known = self.page_made_of_this_form(request)
        if known is not None:
            answer = EditView.as_view(is_new_form=True)
            return answer(request, page_id=known)
        with transaction.atomic():
            response: HttpResponse = super().dispatch(request, *args, **kwargs)
            return response

    def post(self, request: HttpRequest) -> HttpResponse:
        if self.expects_json_response and action_asked(request) != "save":
            response: HttpResponse = self.json_error_response(
                "invalid_revision", _("This was sent already.")
            )
            return response
        self.page.translation_key = self.key
        return super().post(request)

    @cached_property
    def key(self) -> UUID:
        """What the form carries as `new_page_key`; see `Page.translation_key`."""
        try:
            return UUID(self.request.POST.get("new_page_key", ""))
        except ValueError:
            return uuid4()

    def page_made_of_this_form(self, request: HttpRequest) -> int | None:
        if request.method != "POST" or isinstance(request.user, AnonymousUser):
            return None
        pages = Page.objects.filter(translation_key=self.key)
        found: int | None = pages.values_list("pk", flat=True).first()
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"new_page_key": self.key}


class WorkflowAction(WagtailsWorkflowAction or workflow.WorkflowAction):  # type: ignore[misc]
    """A reviewer's answer from the list of what waits."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            with transaction.atomic():
                if not self.object.workflow_in_progress:
                    raise PermissionDenied
                response: HttpResponse = super().dispatch(request, *args, **kwargs)
        except PermissionDenied as refusal:
            say_what_was_decided(request, self.object, self.action_name, refusal)
            return self.lead_on()
        if self.is_answered:
            messages.success(request, what_an_answer_did(self.object, self.action_name))
        return response

    def get_redirect_url(self) -> str:
        following = get_valid_next_url_from_request(self.request)
        return following or str(place_for(self.request.user, self.object)["Location"])

    @property
    def is_answered(self) -> bool:
        given = last_answer(self.object)
        return (
            self.request.method == "POST" and given is not None and given.pk == self.task_state.pk
        )

    def lead_on(self) -> HttpResponse:
        if self.request.headers.get("x-requested-with") != "XMLHttpRequest":
            return redirect(self.redirect_url)
        response: HttpResponse = self.render_modal_json(
            self.request, {"step": "success", "redirect": self.redirect_url}
        )
        return response


def say_what_was_decided(
    request: HttpRequest, page: Page, answer: str, refusal: PermissionDenied | None = None
) -> None:
    given = last_answer(page)
    mine = given is not None and given.finished_by == request.user
    if mine and given and STATUS_OF.get(answer) == given.status:
        messages.success(request, what_an_answer_did(page, answer))
    else:
        messages.error(request, str(refusal or "") or OVER)
