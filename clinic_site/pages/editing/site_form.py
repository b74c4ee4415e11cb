"""The form of a site in the admin: its first page is one that readers can open."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page
from wagtail.sites.forms import SiteForm as WagtailSiteForm

from clinic_site.pages.published import has_ended


class SiteForm(WagtailSiteForm):
    def clean_root_page(self) -> Page:
        page: Page = self.cleaned_data["root_page"]
        if page.is_root():
            raise ValidationError(
                _("This holds all pages and isn’t a page itself. Choose one below it.")
            )
        if not page.live or has_ended(page):
            raise ValidationError(
                _(
                    "“%(title)s” isn’t published, so no one would find the website. Publish it "
                    "first, or choose another page."
                )
                % {"title": page.get_admin_display_title()}
            )
        return page
