import pytest

from clinic_site.clinic.initials import initials_of
from clinic_site.forms.invisible import is_blank, without_invisible
from clinic_site.forms.links import ENDINGS, count_links, may_become_link
from clinic_site.forms.text import has_unprintable, normalize_text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\r\nb\rc", "a\nb\nc"),
        ("a\u2028b", "a\nb"),
        ("⠓⠊⠀⠽⠕⠥", "⠓⠊⠀⠽⠕⠥"),
        ("  spaces around  ", "spaces around"),
        ("e\u0301", "é"),
        ("abc\u202edef", "abcdef"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("soft\u00adhyphen", "softhyphen"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("👩\u200d⚕️", "👩\u200d⚕️"),
    ],
)
def test_text_keeps_what_is_seen_and_drops_what_hides(typed: str, kept: str) -> None:
    assert normalize_text(typed) == kept


@pytest.mark.parametrize("character", ["\0", "\x07", "\x1b", "\x85", "\ud800", "\ufffe", "\ufdd0"])
def test_what_no_keyboard_can_mean_is_unprintable(character: str) -> None:
    assert has_unprintable(f"a{character}b")


@pytest.mark.parametrize(
    "text", ["Zoë", "日本語", "\U0001fa77", "\U0001ffaa", "a\nb\tc", "😀", "شكرا"]
)
def test_any_script_is_printable(text: str) -> None:
    assert not has_unprintable(text)


@pytest.mark.parametrize("text", ["", " \t\n", "\u200d", "\u3164", "\u2800", "\u0301"])
def test_what_leaves_no_ink_is_blank(text: str) -> None:
    assert is_blank(text)


def test_texts_that_differ_in_what_nobody_sees_look_the_same() -> None:
    assert without_invisible("c\u200das\u00adi\u202eno") == "casino"


@pytest.mark.parametrize("ending", ENDINGS.split("|"))
def test_a_web_address_is_counted_and_stands_in_no_name(ending: str) -> None:
    assert count_links(f"See clinic.{ending} and http://clinic.{ending}/x.") == 2
    assert may_become_link(f"Clinic.{ending}")


@pytest.mark.parametrize("name", ["Dr. Xyzal", "Mr. Network", "St. John", "Jo O’Brien, Ph.D."])
def test_a_name_with_a_period_is_no_web_address(name: str) -> None:
    assert not may_become_link(name)
    assert count_links(name) == 0


@pytest.mark.parametrize(
    ("name", "initials"),
    [("Dana Whitfield", "DW"), ("Ana de la Cruz", "AC"), ("Cher", "C"), ("“Jo” (B.)", "JB")],
)
def test_initials_are_the_first_letters_of_the_first_word_and_the_last(
    name: str, initials: str
) -> None:
    assert initials_of(name) == initials


@pytest.mark.parametrize("name", ["", " ", "– –"])
def test_a_name_without_letters_has_no_initials(name: str) -> None:
    assert initials_of(name) == ""
