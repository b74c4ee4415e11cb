"""What the clinic adds in its own words to pages that the site makes."""

from typing import NamedTuple
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from clinic_site.clinic.lines import lines_of

IS_ADDRESS = URLValidator(["https", "http"])
MOST_LINKS = 12
# Names of sites as people write them; others are called by their address.
SITES = {
    "facebook.com": "Facebook",
    "google.com": "Google",
    "instagram.com": "Instagram",
    "linkedin.com": "LinkedIn",
    "tiktok.com": "TikTok",
    "x.com": "X",
    "yelp.com": "Yelp",
    "youtube.com": "YouTube",
}


class NamedLink(NamedTuple):
    title: str
    url: str


def validate_addresses(text: str) -> None:
    for line in lines_of(text):
        _check_address(line, line)


def validate_links(text: str) -> None:
    lines = lines_of(text)
    if len(lines) > MOST_LINKS:
        message = _("Please leave it at %(most)s links.")
        raise ValidationError(message, params={"most": MOST_LINKS})
    for line in lines:
        words, _space, address = line.rpartition(" ")
        if not words:
            message = _("Write the words of “%(line)s” before its address, with a space between.")
            raise ValidationError(message, params={"line": line})
        _check_address(address, line)


def _check_address(address: str, line: str) -> None:
    try:
        IS_ADDRESS(address)
    except ValidationError as error:
        message = _("“%(line)s” isn’t a full address. Copy it from the browser, https:// too.")
        raise ValidationError(message, params={"line": line}) from error


def name_of_site(url: str) -> str:
    """Return what people call the site of an address: "Instagram", or "motion.example"."""
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    named = (name for site, name in SITES.items() if host == site or host.endswith(f".{site}"))
    return next(named, host)


class PageTexts(models.Model):
    """Words for pages that have no editor of their own. What is empty is not shown."""

    license_numbers = models.TextField(
        _("license numbers"),
        blank=True,
        max_length=500,
        help_text=_("At the bottom of every page, one per line."),
    )
    insurers = models.TextField(
        _("insurers"),
        blank=True,
        max_length=500,
        help_text=_("What you accept, as it’s at the bottom of every page."),
    )
    footer_links = models.TextField(
        _("links"),
        blank=True,
        max_length=2000,
        validators=[validate_links],
        help_text=_(
            "One per line: its words, a space, its address, like "
            "“Patient portal https://portal.example/”."
        ),
    )
    profiles_elsewhere = models.TextField(
        _("your pages on other sites"),
        blank=True,
        validators=[validate_addresses],
        help_text=_(
            "One address per line, like your entry on a map or your page on Instagram. Search "
            "engines learn from it that these are you."
        ),
    )
    profiles_in_footer = models.BooleanField(
        _("lead readers to your pages on other sites"), default=False
    )
    not_found_text = models.TextField(
        _("“Page not found”"),
        blank=True,
        max_length=1000,
        help_text=_("In place of our words about what to do next."),
    )
    privacy_addition = models.TextField(
        _("privacy"),
        blank=True,
        max_length=5000,
        help_text=_(
            "Below what the site itself says on the privacy page. Leave a line empty between "
            "paragraphs."
        ),
    )
    accessibility_addition = models.TextField(
        _("accessibility"),
        blank=True,
        max_length=5000,
        help_text=_("Below what the site itself says, like how to get in with a wheelchair."),
    )
    booking_introduction = models.TextField(
        _("before booking"),
        blank=True,
        max_length=1000,
        help_text=_("Above the first question of booking."),
    )
    booking_thanks = models.TextField(
        _("after booking"),
        blank=True,
        max_length=1000,
        help_text=_("Once a visit is booked, like “Please come five minutes early.”"),
    )

    panels = [
        MultiFieldPanel(
            [
                FieldPanel("license_numbers"),
                FieldPanel("insurers"),
                FieldPanel("footer_links"),
                FieldPanel("profiles_elsewhere"),
                FieldPanel("profiles_in_footer"),
            ],
            heading=_("At the bottom of every page"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("booking_introduction"),
                FieldPanel("booking_thanks"),
                FieldPanel("not_found_text"),
                FieldPanel("privacy_addition"),
                FieldPanel("accessibility_addition"),
            ],
            heading=_("Your own words on other pages"),
        ),
    ]

    class Meta:
        abstract = True

    @property
    def license_lines(self) -> list[str]:
        return lines_of(self.license_numbers)

    @property
    def links_in_footer(self) -> list[NamedLink]:
        """The clinic's own links, then its pages on other sites if readers are led there."""
        split = (line.rpartition(" ") for line in lines_of(self.footer_links))
        links = [NamedLink(words.strip(), url) for words, _space, url in split]
        if self.profiles_in_footer:
            links += [NamedLink(name_of_site(url), url) for url in self.addresses_elsewhere]
        return links

    @property
    def addresses_elsewhere(self) -> list[str]:
        return lines_of(self.profiles_elsewhere)
