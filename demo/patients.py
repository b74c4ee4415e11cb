"""The demo's patients: records of those who have been there, and what the desk knows of them.

What is asked for now is left for the desk to assign, so that there is something to decide.
"""

from dataclasses import replace

from booking.actions.patients.assigning import attach
from booking.actions.patients.records import Details, create_patient, set_booker
from booking.models import Appointment, Patient
from clinic_site.accounts.models import User

# They come back: returning patients are found, and the Nairs share one phone.
PATIENTS = [
    ("Priya Nair", "+18055550110"),
    ("Walter Brandt", "+18055550111"),
    ("Lucía Fernández", "+18055550112"),
    ("Arjun Nair", "+18055550110"),
    ("Sam Okafor", "+18055550113"),
    ("Hana Sato", "+18055550114"),
    ("Tom Whitaker", "+18055550115"),
    ("Noor Haddad", "+18055550116"),
    ("Oskar Nyman", "+18055550117"),
    ("Ruth Abrams", "+18055550118"),
    ("Calvin Reyes", "+18055550119"),
    ("June Castillo", "+18055550132"),
    ("Ben Adler", "+18055550133"),
    ("Mei Tanaka", "+18055550134"),
    ("Rosa Delgado", "+18055550135"),
    ("Ivan Petrov", "+18055550136"),
]
NEEDS = {
    "Walter Brandt": "Needs the step-free entrance",
    "Ruth Abrams": "Hard of hearing: please face her when you speak",
}
NOTES = {
    "Hana Sato": "Comes by bus; not before ten.",
    "Tom Whitaker": "Prefers a call to an email.",
}
OTHER_NAMES = {"Lucía Fernández": "Lulu"}


def create_patients(desk: User) -> None:
    """Make a record of everybody who has a visit, and put their visits into it."""
    records: dict[str, Patient] = {}
    for visit in Appointment.objects.filter(patient=None).order_by("starts_at", "pk"):
        if visit.name not in records:
            records[visit.name] = create_patient(details_of(visit), by=desk)
        attach(visit, records[visit.name], by=desk)
    parent = next(iter(records.values()), None)
    if parent:
        child = create_patient(Details(name=f"Mia {parent.name.split()[-1]}"), by=desk)
        set_booker(child, parent, by=desk, books=True)


def details_of(visit: Appointment) -> Details:
    said = Details(name=visit.name, phones=visit.phone, emails=visit.email)
    return replace(
        said,
        other_names=OTHER_NAMES.get(visit.name, ""),
        access_needs=NEEDS.get(visit.name, ""),
        note=NOTES.get(visit.name, ""),
    )
