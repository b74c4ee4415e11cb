"""How the address of a location is written: here, and nowhere else."""

import re

from clinic_site.clinic.region.countries import COUNTRIES, HOME, Country

# What stands between two parts of which one is empty.
LOOSE = re.compile(r"^[, ]+|[, ]+$|(?<=,)\s*,|(?<= ) +")


def town_line(country: str, *, city: str, region: str, postcode: str) -> str:
    """Return the last line: "Portsmouth, NH 03801", or "Portsmouth PO1 2AB" in Britain."""
    parts = {"city": city, "region": region, "postcode": postcode}
    form = COUNTRIES.get(country, HOME).town
    return LOOSE.sub("", form.format(**{name: text.strip() for name, text in parts.items()}))


class WrittenAddress:
    """What a location's address is on paper and on screens."""

    country: str
    street: str
    city: str
    region: str
    postcode: str

    @property
    def home(self) -> Country:
        return COUNTRIES.get(self.country, HOME)

    @property
    def address_lines(self) -> list[str]:
        """The address as it is written on an envelope, from the street on."""
        place = {"city": self.city, "region": self.region, "postcode": self.postcode}
        return [self.street, town_line(self.country, **place)]

    @property
    def address(self) -> str:
        """The same on one line."""
        return ", ".join(self.address_lines)

    @property
    def street_and_city(self) -> str:
        """Enough of it for whoever chooses between locations."""
        return f"{self.street}, {self.city}"
