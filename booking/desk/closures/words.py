"""How a closure is said in words."""

from django.utils.translation import gettext as _

from clinic_site.clinic.clock_times import time_span
from clinic_site.clinic.models import Closure


def times(closure: Closure) -> str:
    if closure.begins is None or closure.ends is None:
        return _("all day")
    return time_span(closure.begins, closure.ends)


def closed_for(closure: Closure) -> str:
    named = [str(part) for part in (closure.person, closure.location) if part]
    return ", ".join(named) or _("the whole clinic")


def reason_for_patients(closure: Closure) -> str:
    """What an email to a patient says, unless the desk writes something else."""
    if closure.person:
        return _("We’re sorry. %(name)s isn’t in that day.") % {"name": closure.person}
    return _("We’re sorry. We’re closed that day.")
