from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from clinic_site.pages.blocks.drafts import DraftableStructBlock


class CheckFirstBlock(DraftableStructBlock):
    """A note among editors. Readers never see it, and the page waits until it is checked."""

    note = blocks.TextBlock(label=_("What has to be checked, and by whom"), max_length=1000, rows=4)
    checked = blocks.BooleanBlock(label=_("It has been checked"), required=False)

    class Meta:
        icon = "warning"
        label = _("Check first")
        label_format = "{note}"
        description = _("A note to yourselves. The page can’t be published until it’s checked.")
        template = "pages/blocks/check_first.html"
        preview_value = {"note": _("Our lawyer reads this page before it goes live.")}

    def missing(self, value: Any) -> dict[str, str]:
        if value["checked"]:
            return {}
        return {
            "checked": gettext("Have it checked and check this box, or save the page as a draft.")
        }

    def get_searchable_content(self, value: Any) -> list[str]:
        return []
