"""What an owner does for whoever says "show me everything" or "delete me".

Who is looked for stands in an encrypted draft, never in an address. What was chosen is looked for
again at each step, so that nothing is shown or erased that has changed hands meanwhile.
"""

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.log_actions import log

from clinic_site.access_log.models import AccessLine
from clinic_site.data_requests.access import ANSWER, TITLE, OwnersMixin
from clinic_site.data_requests.erasing import Outcome, erase_findings
from clinic_site.data_requests.exporting import export_findings, readable_records
from clinic_site.data_requests.finding import (
    Finding,
    FoundPerson,
    NothingToLookFor,
    find_chosen,
    find_person,
    note_findings,
    read_text,
)
from clinic_site.data_requests.models import DataRequestDraft
from clinic_site.forms.fields import LineField
from clinic_site.http.rate_limit import client_address

# So many rows of one person can be chosen one by one; further ones go with them.
MOST_ROWS = 200


class SearchForm(forms.Form):
    text = LineField(
        label=_("Email address, phone number or name"),
        max_length=254,
        help_text=_("We look through everything this site holds. It’s noted that you looked."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        try:
            read_text(text)
        except NothingToLookFor:
            raise forms.ValidationError(
                _("Please enter an email address, a phone number or a name.")
            ) from None
        return text


class SearchView(OwnersMixin, TemplateView):
    template_name = "data_requests/search.html"
    page_title = TITLE

    def trail(self) -> list[dict[str, Any]]:
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {"form": SearchForm()} | context

    def post(self, request: HttpRequest) -> HttpResponse:
        form = SearchForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        content = {"text": form.cleaned_data["text"], "by": self.user.pk, "chosen": []}
        network_address = client_address(request.META)
        token = DataRequestDraft.objects.begin(content, network_address=network_address)
        return redirect("data_requests:found", token)


class RequestView(OwnersMixin, TemplateView):
    """A step of a data request that is under way; without one, the search."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        takes = hasattr(self, str(request.method).lower())
        if takes and request.user.has_perm(ANSWER) and self.draft is None:
            messages.warning(request, _("This search is over. Please search again."))
            return redirect("data_requests:index")
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def draft(self) -> DataRequestDraft | None:
        drafts = DataRequestDraft.objects.usable(timezone.now())
        draft = drafts.with_token(self.kwargs["token"]).first()
        return draft if draft and draft.content["by"] == self.user.pk else None

    @property
    def content(self) -> dict[str, Any]:
        return cast(DataRequestDraft, self.draft).content

    def found_url(self) -> str:
        return reverse("data_requests:found", args=[self.kwargs["token"]])


class FoundView(RequestView):
    """Everything that was found, told apart by person, with the reason for each."""

    template_name = "data_requests/found.html"
    page_title = _("What we hold")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        people = find_person(self.content["text"])
        log(
            self.user,
            "data_requests.find",
            user=self.user,
            data={"records": sum(len(person.findings) for person in people)},
        )
        for person in people:
            note_findings(person.findings)
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "text": self.content["text"],
            "people": [(person, person.findings[:MOST_ROWS], _more(person)) for person in people],
        }

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        chosen = request.POST.getlist("row")
        if "more" in request.POST:
            people = find_person(self.content["text"])
            chosen += [key for person in people for key in _rest(person, chosen)]
        if not chosen:
            messages.error(request, _("Please choose at least one record."))
            return redirect(self.found_url())
        cast(DataRequestDraft, self.draft).keep(self.content | {"chosen": chosen})
        step = next((name for name in ("erase", "who_saw") if name in request.POST), "export")
        return redirect(f"data_requests:{step}", token)


def _more(person: FoundPerson) -> int:
    return max(0, len(person.findings) - MOST_ROWS)


def _rest(person: FoundPerson, chosen: list[str]) -> list[str]:
    """Return the rows that the page did not list of whoever has some of those chosen."""
    keys = [finding.key for finding in person.findings]
    return keys[MOST_ROWS:] if {*chosen} & {*keys} else []


class ChosenView(RequestView):
    def trail(self) -> list[dict[str, Any]]:
        return [*super().trail(), {"url": self.found_url(), "label": FoundView.page_title}]

    @cached_property
    def findings(self) -> list[Finding]:
        return find_chosen(self.content["text"], self.content["chosen"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        note_findings(self.findings)
        return context | {"findings": self.findings, "token": self.kwargs["token"]}


class ExportView(ChosenView):
    """All that is held, to read, print or read out on the phone."""

    template_name = "data_requests/export.html"
    page_title = _("Everything we hold")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"held": readable_records(self.exported())}

    def exported(self) -> Mapping[str, Any]:
        note_findings(self.findings, kind=AccessLine.Kind.EXPORT)
        records = [finding.key for finding in self.findings]
        log(self.user, "data_requests.export", user=self.user, data={"records": records})
        return export_findings(self.findings)


class ExportFileView(ExportView):
    """The same as a file that programs read."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        params = {"ensure_ascii": False, "indent": 2}
        response = JsonResponse(self.exported(), json_dumps_params=params)
        response["Content-Disposition"] = 'attachment; filename="your-data.json"'
        return response


class EraseView(ChosenView):
    template_name = "data_requests/erase.html"
    page_title = _("Erase for good")

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        text = self.content["text"]
        outcome = erase_findings(self.findings, by=self.user)
        DataRequestDraft.objects.with_token(token).delete()
        _tell(request, outcome, still_there=len(find_person(text)))
        return redirect("data_requests:index")


def _tell(request: HttpRequest, outcome: Outcome, *, still_there: int) -> None:
    erased = ngettext("%(count)d record erased.", "%(count)d records erased.", outcome.erased)
    messages.success(request, erased % {"count": outcome.erased})
    for finding, why in outcome.kept:
        messages.warning(request, f"{finding.table.title}: {why}")
    if still_there > len({finding.key for finding, _why in outcome.kept}):
        again = _("There’s still something by that name or contact. Search again to see it.")
        messages.info(request, again)
