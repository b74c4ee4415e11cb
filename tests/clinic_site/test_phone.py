import pytest

from clinic_site.clinic import phone


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("805-880-6533", "+18058806533"),
        ("(805) 880 6533", "+18058806533"),
        ("+44 20 7946 0958", "+442079460958"),
        ("805-880-6533 ext. 12", "+18058806533;ext=12"),
        ("+18058806533;ext=12", "+18058806533;ext=12"),
    ],
)
def test_numbers_are_understood_as_people_write_them(typed: str, kept: str) -> None:
    assert phone.normalize_phone(typed) == kept


@pytest.mark.parametrize("typed", ["", "call me", "12", "+", "99999999999999999999"])
def test_what_cannot_be_a_number_is_refused(typed: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        phone.normalize_phone(typed)


def test_a_number_is_shown_as_at_home_and_linked_for_dialling() -> None:
    assert phone.readable("+18058806533;ext=12") == "(805) 880-6533 ext. 12"
    assert phone.uri("805-880-6533") == "tel:+1-805-880-6533"
