from clinic_site.clinic.models.closures import Closure
from clinic_site.clinic.models.details import ClinicDetails
from clinic_site.clinic.models.locations import Location, OpeningHours
from clinic_site.clinic.models.people import Person

__all__ = ["ClinicDetails", "Closure", "Location", "OpeningHours", "Person"]
