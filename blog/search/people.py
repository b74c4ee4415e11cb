"""The people of the clinic whom a search means, by name or by what they do."""

from collections.abc import Callable, Iterable

from clinic_site.clinic.models import ClinicDetails
from clinic_site.clinic.models.people import Person
from clinic_site.pages.profiles import team_path
from clinic_site.search.words import Compound, analyzed, query_terms


def described(person: Person) -> str:
    return " ".join(
        [person.name, person.role, person.credentials, person.languages, person.interests]
    )


def named(person: Person) -> str:
    return person.name


def people_with_profiles(
    queries: Iterable[str], found_by: Callable[[Person], str] = described
) -> list[tuple[Person, str]]:
    """Return those of the team whom any of the queries means by all its words, and their paths.

    Takes two queries, and one if nobody has a profile.
    """
    clinic = ClinicDetails()
    clinic.team_path = team_path()
    if not clinic.team_path:
        return []
    wanted = [query_terms(query) for query in queries]
    return [
        (person, clinic.profile_of(person))
        for person in Person.objects.team()
        if any(_has_all(found_by(person), terms) for terms in wanted)
    ]


def _has_all(text: str, wanted: Iterable[Compound]) -> bool:
    written = [part for compound in analyzed(text) for part in (*compound.parts, compound.whole)]
    return all(any(one.whole.is_found_in(word) for word in written) for one in wanted)
