"""The steps of booking: which there are, in which order, and what each asks."""

from enum import StrEnum


class Step(StrEnum):
    """All steps in their order, by the names of their addresses and templates.

    Nobody walks all of them: the location and the practitioner are asked for where there are
    several, and a time or, where none suits, wishes.
    """

    START = "start"
    LOCATION = "location"
    PRACTITIONER = "practitioner"
    TIME = "time"
    WISHES = "wishes"
    CONTACT = "contact"
    CHECK = "check"

    @property
    def slug(self) -> str:
        """Its part of the address."""
        return {Step.START: "service", Step.PRACTITIONER: "with"}.get(self, self.value)

    def comes_after(self, other: "Step") -> bool:
        order = list(Step)
        return order.index(self) > order.index(other)


WISHES = (("first_day", "first_part"), ("second_day", "second_part"), ("third_day", "third_part"))

FIELDS: dict[Step, tuple[str, ...]] = {
    Step.START: ("service",),
    Step.LOCATION: ("location",),
    Step.PRACTITIONER: ("practitioner",),
    Step.TIME: ("starts_at", "waits_for"),
    Step.WISHES: ("wants_call", *(name for wish in WISHES for name in wish)),
    Step.CONTACT: (
        "name",
        "phone",
        "email",
        "new_patient",
        "visitor_name",
        "access_needs",
        "note",
    ),
    Step.CHECK: (),
}
ANSWERS = tuple(name for names in FIELDS.values() for name in names)
