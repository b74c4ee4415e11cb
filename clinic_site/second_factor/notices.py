"""What somebody is told by email when their second factor has changed hands."""

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from clinic_site.accounts.models import User


def tell_of_reset(user: User) -> None:
    """Tell `user` that their two-step sign-in was reset, whoever did it. Call it in a transaction.

    Django's own `send_mail` queues it (`clinic_site.mail.backend`).
    """
    if not user.email:
        return
    context = {"user": user, "url": settings.BASE_URL + reverse("wagtailadmin_home")}
    text = render_to_string("second_factor/emails/reset.txt", context)
    send_mail(_("Your two-step sign-in was reset"), text, None, [user.email])
