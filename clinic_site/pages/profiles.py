"""Where people of the clinic have pages of their own: below the team's page, once it is public."""

from wagtail.models import Page

from clinic_site.clinic.models import ClinicDetails, Person
from clinic_site.pages.published import published


def team_path() -> str:
    """Return the path of the team's page, such as `/team/`, or nothing if nobody may read it."""
    slugs = published(Page.objects.filter(teampage__isnull=False)).values_list("slug", flat=True)
    return f"/{slugs[0]}/" if slugs[:1] else ""


def profile_paths() -> list[str]:
    """Return the paths of all profiles."""
    clinic = ClinicDetails()
    clinic.team_path = team_path()
    return [path for person in Person.objects.team() if (path := clinic.profile_of(person))]
