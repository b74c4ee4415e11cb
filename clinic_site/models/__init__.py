from clinic_site.models.chores import ChoreDue
from clinic_site.models.clinic import ClinicDetails, Location, OpeningHours
from clinic_site.models.mail import OutgoingMail
from clinic_site.models.pages import ContactPage, HomePage, SitePage, published
from clinic_site.models.person import Person
from clinic_site.models.pictures import PictureJob
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
    "Person",
    "PictureJob",
    "SitePage",
    "published",
]
