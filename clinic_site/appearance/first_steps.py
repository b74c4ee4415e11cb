"""How an owner makes the site look like the clinic's own."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from clinic_site.admin.first_steps import FirstStep
from clinic_site.appearance.models import Appearance

STEPS = [
    FirstStep(
        15,
        _("Choose your logo and colors"),
        _("You see the site in them before you save."),
        lambda: reverse("wagtailsettings:edit", args=["appearance", "appearance"]),
        Appearance.objects.all,
    ),
]
