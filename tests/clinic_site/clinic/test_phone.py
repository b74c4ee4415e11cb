"""Every phone number that is taken can be called."""

import pytest

from clinic_site.clinic import phone

pytestmark = pytest.mark.django_db  # a clinic's country tells how its numbers read

CLINIC = "805-880-6533"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (CLINIC, "+18058806533"),
        ("(805) 880 6533", "+18058806533"),
        ("1 805 880 6533", "+18058806533"),
        ("805·880·6533", "+18058806533"),
        ("\u202a805\u2011880\u20116533\u202c", "+18058806533"),
        ("tel:805-880-6533", "+18058806533"),
        ("tel:+1-805-880-6533;ext=12", "+18058806533;ext=12"),
        ("８０５−８８０−６５３３", "+18058806533"),
        ("٨٠٥٨٨٠٦٥٣٣", "+18058806533"),
        ("805-880-MOVE", "+18058806683"),
        ("1-800-FLOWERS", "+18003569377"),
        ("805-555-0142", "+18055550142"),
        ("+44 20 7946 0958", "+442079460958"),
        ("+44 (0)20 7946 0958", "+442079460958"),
        ("0044 20 7946 0958", "+442079460958"),
        ("011 44 20 7946 0958", "+442079460958"),
        ("0049 30 901820", "+4930901820"),
        ("0049 (0)30 901820", "+4930901820"),
        ("+49 (0)30 901820", "+4930901820"),
        ("+52 55 1234 5678", "+525512345678"),
        ("+52 1 55 1234 5678", "+525512345678"),
        ("+33 6 12 34 56 78", "+33612345678"),
        ("+86 138 0013 8000", "+8613800138000"),
        ("(805) 880-6533 (cell)", "+18058806533"),
        ("805-880-6533 [Mom’s, after five]", "+18058806533"),
        ("805-880-6533 cell", "+18058806533"),
        ("home: 805-880-6533", "+18058806533"),
        ("+49 30 901820 mobil", "+4930901820"),
    ],
)
def test_numbers_are_understood_as_people_write_them(typed: str, kept: str) -> None:
    assert phone.normalize_phone(typed, near=CLINIC) == kept
    assert phone.normalize_phone(kept) == kept


@pytest.mark.parametrize(
    "extension",
    [" ext. 12", " x12", "x12", " #12", ",12", ";ext=12", " (ext. 12)", " (x12) (work)"],
)
def test_an_extension_is_kept_shown_and_dialed(extension: str) -> None:
    kept = phone.normalize_phone(f"805.880.6533{extension}")
    assert kept == "+18058806533;ext=12"
    assert phone.readable(kept) == "(805) 880-6533 ext. 12"
    assert phone.uri(kept) == "tel:+1-805-880-6533;ext=12"


@pytest.mark.parametrize(
    "typed",
    [
        *("", "call me", "12", "+", "99999999999999999999", "911", "+999 123456789"),
        *("0000000000", "1111111111", "888-888-8888", "+49 777 777 777"),
        *("805-155-0142", "123-456-7890", "155-0142 cell", "44 20 7946 0958"),
        *("900-555-1234", "+44 909 879 0000"),
        "805-880-6533 or 805-880-6534",
    ],
)
def test_what_cannot_be_called_is_refused(typed: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        phone.normalize_phone(typed, near=CLINIC)


@pytest.mark.parametrize(
    ("typed", "near", "completed"),
    [
        ("555-0142", CLINIC, "805-555-0142"),
        ("5550142", "+1 415 555 0100", "415-555-0142"),
        ("+1 555-0142", CLINIC, "805-555-0142"),
        ("555-0142 x7 (work)", CLINIC, "805-555-0142 ext. 7"),
        ("555-0142", "", ""),
        ("555-0142", "800-555-0100", ""),
        ("155-0142", CLINIC, ""),
        ("7946 0958", "+44 20 7946 0000", "+44 20 7946 0958"),
    ],
)
def test_a_number_without_its_area_code_is_completed_by_one_nearby(
    typed: str, near: str, completed: str
) -> None:
    with pytest.raises(phone.AreaCodeMissing) as missing:
        phone.normalize_phone(typed, near=near)
    assert missing.value.completed == completed


def test_a_number_is_shown_as_at_home_and_linked_for_dialling() -> None:
    assert phone.readable("+18058806533;ext=12") == "(805) 880-6533 ext. 12"
    assert phone.uri("805-880-6533") == "tel:+1-805-880-6533"
