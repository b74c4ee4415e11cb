"""What a copy or an alias of a page may be called."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.pages import CopyForm

from clinic_site.pages.editing.reserved_slugs import is_reserved, words_for


class SitePageCopyForm(CopyForm):
    """Refuses in words what Wagtail would leave out, or stumble over."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if alias := self.fields.get("alias"):
            alias.help_text = _(
                "The same page at another address. It changes with the original, title included."
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if cleaned.get("alias") and cleaned.get("new_title") not in (None, self.page.title):
            message = _(
                "An alias is always called what its original is called. "
                "Leave the title as it is, or uncheck “Alias”."
            )
            self.add_error("new_title", message)
        parent, slug = cleaned.get("new_parent_page"), cleaned.get("new_slug")
        if parent and slug and is_reserved(slug, parent):
            self.add_error("new_slug", words_for(slug))
        return cleaned
