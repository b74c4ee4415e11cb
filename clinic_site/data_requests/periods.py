"""How long things are kept: the owners' choice, with the reason beside each."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.log_actions import log

from clinic_site.data_requests.access import OwnersMixin
from clinic_site.privacy.retention import (
    MOST_DAYS,
    days_kept,
    period_in_words,
    retention_rules,
    set_days,
)


class PeriodsForm(forms.Form):
    """A number of days for each rule that an app has registered."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for rule in retention_rules():
            usual = _("%(reason)s Usually %(period)s.") % {
                "reason": rule.reason,
                "period": period_in_words(rule.days),
            }
            self.fields[rule.key] = forms.IntegerField(
                label=_("%(what)s, in days") % {"what": rule.what},
                help_text=usual,
                min_value=rule.least_days,
                max_value=MOST_DAYS,
                error_messages={"min_value": _("Please enter %(limit_value)s or more.")},
                initial=days_kept(rule.key),
            )


class PeriodsView(OwnersMixin, TemplateView):
    template_name = "data_requests/periods.html"
    page_title = _("How long we keep things")

    @cached_property
    def form(self) -> PeriodsForm:
        return PeriodsForm(self.request.POST if self.request.method == "POST" else None)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"form": self.form}

    def post(self, request: HttpRequest) -> HttpResponse:
        if not self.form.is_valid():
            messages.error(request, _("Not saved yet. Please look at the fields marked below."))
            return self.render_to_response(self.get_context_data())
        changed = {key: self.form.cleaned_data[key] for key in self.form.changed_data}
        set_days(changed)
        if changed:
            log(self.user, "data_requests.periods", user=self.user, data={"days": changed})
        messages.success(request, _("Saved. The privacy page says so from now on."))
        return redirect("data_requests:periods")
