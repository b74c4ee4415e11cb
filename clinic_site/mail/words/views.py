"""Where owners read and change what emails say: a list, and a page for each email."""

from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet

from clinic_site.accounts.models import User
from clinic_site.mail.models import EmailWords
from clinic_site.mail.words.forms import WordsForm
from clinic_site.mail.words.registry import EditableEmail, Words, editable_email, email_groups
from clinic_site.mail.words.rendering import RenderedEmail, render_email
from clinic_site.mail.words.stored import (
    WordsConflict,
    current_words,
    history_of,
    last_changes,
    save_words,
)

CHANGE = "mail.change_emailwords"
TITLE = _("Words of emails")
HISTORY = 30  # changes that are listed


class MayChangeWordsMixin(WagtailAdminTemplateMixin):
    header_icon = "mail"
    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm(CHANGE):
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        here = {"url": "", "label": self.get_page_title()}
        return [*self.breadcrumbs_items, *self.trail(), here]

    def trail(self) -> list[dict[str, Any]]:
        return [{"url": reverse("email_words:index"), "label": TITLE}]


class EmailListView(MayChangeWordsMixin, TemplateView):
    template_name = "mail/admin/emails.html"
    page_title = TITLE

    def trail(self) -> list[dict[str, Any]]:
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        changes = last_changes()
        groups = [
            (group.title, [(email, changes.get(email.key)) for email in group.emails])
            for group in email_groups()
        ]
        return context | {"groups": groups}


class EmailWordsView(MayChangeWordsMixin, TemplateView):
    template_name = "mail/admin/words.html"

    @cached_property
    def email(self) -> EditableEmail:
        try:
            return editable_email("{app}/{name}".format(**self.kwargs))
        except KeyError as error:
            raise Http404 from error

    def get_page_title(self) -> Any:
        return self.email.title

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {
            "email": self.email,
            "form": WordsForm(self.email, current_words(self.email)),
            "history": self._history(),
        } | context

    def _history(self) -> list[tuple[EmailWords, Words]]:
        """Return the last changes, each with the name of its part."""
        changes = history_of(self.email)[:HISTORY]
        return [(change, self.email.part(change.part).label) for change in changes]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = WordsForm(self.email, current_words(self.email), request.POST)
        if part := request.POST.get("original"):
            return self._put_back(form, part, None)
        if number := request.POST.get("again"):
            change = self._change(number)
            return self._put_back(form, change.part, change.words)
        if not form.is_valid():
            messages.error(request, _("Not saved yet. Please look at the fields marked below."))
            return self._show(form)
        if "preview" in request.POST:
            return self._show(form, preview=self._preview(form))
        return self._save(form)

    def _change(self, number: str) -> EmailWords:
        if not number.isdecimal():
            raise Http404
        return get_object_or_404(history_of(self.email), number=number)

    def _put_back(self, form: WordsForm, part: str, words: str | None) -> HttpResponse:
        """Show the form with what a part said once, or with its original."""
        if part not in form.now.originals:
            raise Http404
        back = form.now.originals[part] if words is None else words
        messages.info(self.request, _("The words are back in their field. Save to keep them."))
        return self._show(form.with_words({part: back}))

    def _save(self, form: WordsForm) -> HttpResponse:
        by = cast(User, self.request.user)
        try:
            saved = save_words(self.email, form.typed, seen=form.seen, by=by)
        except WordsConflict as conflict:
            messages.error(
                self.request,
                _(
                    "Someone else has changed the same words meanwhile. Yours are still here, not "
                    "saved; theirs are beside them. To keep yours, save again."
                ),
            )
            return self._show(form.beside_newer(conflict))
        if saved:
            messages.success(self.request, _("Saved. Emails say it from now on."))
        else:
            messages.info(self.request, _("Nothing was changed."))
        return redirect(self.request.path)

    def _preview(self, form: WordsForm) -> RenderedEmail:
        return render_email(self.email, form.sample_context, form.typed)

    def _show(self, form: WordsForm, **more: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form, **more))


class WordsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(CHANGE)


class EmailWordsViewSet(ViewSet):
    name = "email-words"
    url_namespace = "email_words"
    icon = "mail"
    menu_label = TITLE
    menu_order = 3
    add_to_settings_menu = True
    menu_item_class = WordsMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", self.construct_view(EmailListView), name="index"),
            path("<slug:app>/<slug:name>/", self.construct_view(EmailWordsView), name="edit"),
        ]
