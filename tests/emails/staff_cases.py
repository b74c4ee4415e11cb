"""The emails to staff about their accounts; see `every`."""

from django.contrib.auth.models import Group

from clinic_site.accounts.models import User
from clinic_site.accounts.roles import Role
from clinic_site.staff.invitations import invite
from tests.emails.cases import case


@case("invitation")
def _() -> None:
    editors = Group.objects.filter(name=Role.EDITORS)
    invite("casey@clinic.example", editors, by=User.objects.get(username="front-desk"))
