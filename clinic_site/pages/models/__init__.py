from clinic_site.pages.models.home import HomePage
from clinic_site.pages.models.standing import ContactPage, StandardPage, TeamPage

__all__ = ["ContactPage", "HomePage", "StandardPage", "TeamPage"]
