"""How numbers are written: shares, hours, stretches of time, and by how much they have changed."""

from django.utils.translation import gettext, ngettext

UNKNOWN = "–"


def share(percentage: int | None) -> str:
    return UNKNOWN if percentage is None else f"{percentage}%"


def hours(minutes: int | None) -> str:
    """Write minutes as hours with their tenths: "151.5"."""
    return UNKNOWN if minutes is None else f"{minutes / 60:.1f}"


def length(minutes: int | None) -> str:
    """Write a stretch of time as people say it: "3 hr 20 min"."""
    if minutes is None:
        return UNKNOWN
    whole, rest = divmod(minutes, 60)
    if not whole:
        return gettext("%(minutes)s min") % {"minutes": rest}
    if not rest:
        return gettext("%(hours)s hr") % {"hours": whole}
    return gettext("%(hours)s hr %(minutes)s min") % {"hours": whole, "minutes": rest}


def days_ahead(days: int | None) -> str:
    if days is None:
        return UNKNOWN
    return ngettext("%(days)s day ahead", "%(days)s days ahead", days) % {"days": days}


def signed(change: int) -> str:
    return "0" if not change else f"{'+' if change > 0 else '−'}{abs(change)}"


def signed_hours(minutes: int) -> str:
    return "0" if not minutes else f"{'+' if minutes > 0 else '−'}{hours(abs(minutes))}"


def points(change: int) -> str:
    return gettext("%(change)s points") % {"change": signed(change)}
