from typing import Any
from urllib.parse import urlsplit

from django.apps import AppConfig
from django.conf import settings
from django.db.models.signals import post_migrate, post_save
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


class StaffConfig(WagtailUsersAppConfig):
    user_viewset = "clinic_site.users.UserViewSet"


class ClinicSiteConfig(AppConfig):
    name = "clinic_site"
    verbose_name = _("Clinic")

    def ready(self) -> None:
        from clinic_site import chores
        from clinic_site.admin_scripts import start_choosers_without_inline_scripts
        from clinic_site.mail import clear_away
        from clinic_site.originals import strip_everything
        from clinic_site.page_cache import changes
        from clinic_site.people import Holding, register
        from clinic_site.pictures import ask_for_renditions
        from clinic_site.roles import grant_roles
        from clinic_site.schedule import publish_scheduled

        register(
            Holding(
                what=_("Letters that this site writes"),
                why=_("To send them, and to try again while a mail server does not answer."),
                seen_by=_("The person to whom they go."),
                until=_("For thirty days after they were sent."),
            ),
            Holding(
                what=_("What you say of us, if you have allowed us in writing to print it"),
                why=_("To show others what a visit is like, under the name that you chose."),
                seen_by=_("Everybody. Our editors also see on which day you allowed it."),
                until=_("Until you ask us to take it down."),
            ),
        )
        chores.register("clear mail away", clear_away, chores.every(days=1))
        chores.register("publish scheduled pages", publish_scheduled, chores.every(minutes=1))
        start_choosers_without_inline_scripts()
        strip_everything()
        changes.watch()
        post_save.connect(ask_for_renditions, sender="wagtailimages.Image")
        post_migrate.connect(grant_roles, sender=self)
        post_migrate.connect(address_site, sender=self)


def address_site(**_signal: Any) -> None:
    """Give Wagtail's site the address of `BASE_URL`, so that there is one place to set it."""
    from wagtail.models import Site

    address = urlsplit(settings.BASE_URL)
    port = address.port or {"https": 443}.get(address.scheme, 80)
    for site in Site.objects.filter(is_default_site=True).exclude(
        hostname=address.hostname, port=port
    ):
        site.hostname, site.port = address.hostname, port
        site.save()
