from django.db.models import Exists
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.models import Site

from clinic_site.admin.first_steps import FirstStep
from demo.models import DemoRow
from demo.removing.views import RemoveDemoView


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[URLPattern]:
    return [path("demo/remove/", RemoveDemoView.as_view(), name="remove_demo")]


@hooks.register("register_first_steps")
def register_first_steps() -> list[FirstStep]:
    return [
        FirstStep(
            90,
            _("Take the demo away"),
            _("Everything it brought goes. What you made your own stays."),
            lambda: reverse("remove_demo"),
            lambda: Site.objects.exclude(Exists(DemoRow.objects.all())),
        ),
    ]
