"""The page of whoever is invited: a name and a password, and the account is theirs."""

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from clinic_site.accounts.roles import ROLE_WORDS
from clinic_site.staff.forms import AcceptForm
from clinic_site.staff.invitations import (
    HasAccount,
    InvitationGone,
    accept_invitation,
    find_invitation,
)


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def open_invitation(request: HttpRequest, token: str) -> HttpResponse:
    now = timezone.now()
    found = find_invitation(token, now)
    if found is None:
        return _gone(request)
    form = AcceptForm(request.POST or None, email=found.email)
    if request.method == "POST" and form.is_valid():
        name, password = form.cleaned_data["name"], form.cleaned_data["password"]
        try:
            accept_invitation(token, name=name, password=password, now=now)
        except (InvitationGone, HasAccount):
            return _gone(request)
        logout(request)  # whoever else was signed in in this browser
        said = _("Your account is ready. Sign in with your email address and password.")
        messages.success(request, said)
        return redirect("wagtailadmin_login")
    names = {*found.roles.values_list("name", flat=True)}
    roles = [(role, words) for role, words in ROLE_WORDS.items() if role in names]
    context = {"form": form, "invitation": found, "roles": roles}
    status = 422 if form.is_bound else 200
    return render(request, "staff/admin/invitation.html", context, status=status)


def _gone(request: HttpRequest) -> HttpResponse:
    return render(request, "staff/admin/invitation_gone.html", status=410)
