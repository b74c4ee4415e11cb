"""Pages cannot be put where they make no sense."""

from wagtail.models import Page
from wagtail.test.utils import WagtailPageTestCase

from blog.models import ArticlePage, TopicPage
from clinic_site.pages.models import ContactPage, HomePage, StandardPage, TeamPage


class TestPageRules(WagtailPageTestCase):
    def test_what_may_stand_below_each_kind_of_page(self) -> None:
        self.assertAllowedSubpageTypes(Page, {HomePage, Page})
        self.assertAllowedSubpageTypes(
            HomePage, {TopicPage, ContactPage, TeamPage, StandardPage, Page}
        )
        self.assertAllowedSubpageTypes(StandardPage, {StandardPage})
        self.assertAllowedSubpageTypes(TopicPage, {ArticlePage})
        for childless in (ArticlePage, ContactPage, TeamPage):
            self.assertAllowedSubpageTypes(childless, {})
