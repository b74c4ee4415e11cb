"""What an owner publishes first."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site

from blog.models import ArticlePage
from clinic_site.admin.first_steps import FirstStep


def explorer() -> str:
    home = Site.objects.filter(is_default_site=True).values_list("root_page", flat=True).first()
    return reverse("wagtailadmin_explore", args=[home]) if home else reverse("wagtailadmin_home")


STEPS = [
    FirstStep(
        35,
        _("Publish your first article"),
        _("Add a topic below the home page, then an article below the topic."),
        explorer,
        ArticlePage.objects.live,
    ),
]
