"""The style of a clinic's own."""

from wagtail import hooks

from clinic_site.admin.first_steps import FirstStep
from clinic_site.appearance.first_steps import STEPS


@hooks.register("register_first_steps")
def register_first_steps() -> list[FirstStep]:
    return STEPS
