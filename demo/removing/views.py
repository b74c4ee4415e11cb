"""Where an owner takes the demo away."""

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views import View
from wagtail.admin import messages

from clinic_site.admin.first_steps import PERMISSION
from demo.removing.removal import RealPeople, Removal, name_of, remove_demo


class RemoveDemoView(PermissionRequiredMixin, View):
    permission_required = PERMISSION
    raise_exception = True

    def get(self, request: HttpRequest) -> HttpResponse:
        removal = Removal.plan()
        context = {
            "is_there": removal.is_there,
            "page_title": _("Take the demo away"),
            "header_icon": "bin",
            "changed": [name_of(row) for row in removal.changed],
            "real_people": removal.real_people,
        }
        return render(request, "demo/remove.html", context)

    def post(self, request: HttpRequest) -> HttpResponse:
        removal = Removal.plan()
        if not removal.is_there:
            return self.get(request)
        try:
            remove_demo(
                changed_too="changed_too" in request.POST,
                even_with_people="even_with_people" in request.POST,
                by=request.user,  # type: ignore[arg-type]  # whoever has the permission is signed in
            )
        except RealPeople:
            said = _("There are real patients or comments. Check the box if they may stay behind.")
            messages.error(request, said)
            return self.get(request)
        messages.success(
            request, _("The demo is gone. Your account and what you changed are here.")
        )
        return redirect("wagtailadmin_home")
