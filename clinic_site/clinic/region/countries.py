"""The countries that a location can be in, and what is written otherwise in each of them.

The site speaks English, so these are countries where clinics do.
"""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Country(NamedTuple):
    """`town` is the last line of an address: what of it is empty takes its separator along."""

    code: str  # ISO 3166-1, which libphonenumber and schema.org go by as well
    name: Promise
    town: str
    emergency_number: str


_ALL = (
    Country("AU", _("Australia"), "{city} {region} {postcode}", "000"),
    Country("CA", _("Canada"), "{city}, {region} {postcode}", "911"),
    Country("GB", _("United Kingdom"), "{city} {postcode}", "999"),
    Country("IE", _("Ireland"), "{city}, {region}, {postcode}", "112"),
    Country("NZ", _("New Zealand"), "{city} {postcode}", "111"),
    Country("US", _("United States"), "{city}, {region} {postcode}", "911"),
)
COUNTRIES = {country.code: country for country in _ALL}
CHOICES = [(country.code, country.name) for country in _ALL]
HOME = COUNTRIES["US"]  # until somebody has said where the clinic is
