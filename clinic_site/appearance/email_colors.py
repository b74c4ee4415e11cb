"""The clinic's palette as emails write it."""

from clinic_site.appearance.colors import Oklch
from clinic_site.appearance.models import Appearance
from clinic_site.appearance.palettes import Palette
from clinic_site.mail.colors import EmailColors


def read_email_colors() -> EmailColors:
    stored = Appearance.objects.first()
    return email_colors_of((stored or Appearance()).theme.colors)


def email_colors_of(palette: Palette) -> EmailColors:
    day, night = palette.day, palette.night
    return EmailColors(
        accent=_hex(day.accent),
        action=_hex(day.action),
        on_action=_hex(day.on_action),
        accent_at_night=_hex(night.accent),
        action_at_night=_hex(night.action),
        on_action_at_night=_hex(night.on_action),
    )


def _hex(color: Oklch) -> str:
    return "#{:02x}{:02x}{:02x}".format(*color.rgb)
