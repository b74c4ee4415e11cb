from clinic_site.models.chores import ChoreDue
from clinic_site.models.clinic import ClinicDetails, Location, OpeningHours
from clinic_site.models.home import HomePage
from clinic_site.models.mail import OutgoingMail
from clinic_site.models.page_versions import PageVersion
from clinic_site.models.pages import SitePage
from clinic_site.models.person import Person
from clinic_site.models.pictures import PictureJob
from clinic_site.models.published import published
from clinic_site.models.standing_pages import ContactPage, StandardPage, TeamPage
from clinic_site.models.throttle import Attempt

__all__ = [
    "Attempt",
    "ChoreDue",
    "ClinicDetails",
    "ContactPage",
    "HomePage",
    "Location",
    "OpeningHours",
    "OutgoingMail",
    "PageVersion",
    "Person",
    "PictureJob",
    "SitePage",
    "StandardPage",
    "TeamPage",
    "published",
]
