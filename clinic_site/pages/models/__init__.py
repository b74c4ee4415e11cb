from clinic_site.pages.models.contact import ContactPage
from clinic_site.pages.models.home import HomePage
from clinic_site.pages.models.standard import StandardPage
from clinic_site.pages.models.team import TeamPage

__all__ = ["ContactPage", "HomePage", "StandardPage", "TeamPage"]
