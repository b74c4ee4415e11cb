import pytest
from django.core.exceptions import ValidationError
from django.forms import Field

from clinic_site.clinic.initials import initials_of
from clinic_site.forms.fields import EmailField, LineField, NameField, PhoneField, TextField
from clinic_site.forms.invisible import is_blank, without_invisible
from clinic_site.forms.links import ENDINGS, count_links, may_become_link
from clinic_site.forms.text import find_unprintable, normalize_text, words_before


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
        ("tags\U000e0061\U000e007f hide", "tags hide"),
        ("🏴\U000e0061", "🏴"),
    ],
)
def test_text_keeps_what_is_seen_and_drops_what_hides(typed: str, kept: str) -> None:
    assert normalize_text(typed) == kept


@pytest.mark.parametrize(
    "line_end", ["\n", "\r", "\r\n", "\v", "\f", "\x85", "\u2028", "\u2029"], ids=ascii
)
def test_whatever_breaks_a_line_somewhere_is_a_line_break(line_end: str) -> None:
    assert normalize_text(f"one{line_end}two{line_end}{line_end}three") == "one\ntwo\n\nthree"


@pytest.mark.parametrize(
    "emoji",
    [
        "👩\u200d⚕\ufe0f",
        "👨\u200d👩\u200d👧\u200d👦",
        "👍🏽",
        "☎\ufe0e",
        "5\ufe0f\u20e3",
        "🇲🇽",
        "🏳\ufe0f\u200d🌈",
        "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
        "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
    ],
    ids=ascii,
)
def test_emoji_and_flags_stay_whole(emoji: str) -> None:
    assert normalize_text(f"a {emoji} b") == f"a {emoji} b"
    assert find_unprintable(emoji) is None
    assert not is_blank(emoji)


@pytest.mark.parametrize(
    "character",
    ["\0", "\x07", "\x1b", "\x1f", "\x7f", "\x84", "\ud800", "\ufffe", "\ufdd0"],
    ids=ascii,
)
def test_what_no_keyboard_can_mean_is_refused_with_its_sign_and_its_place(character: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        TextField().clean(f"We meet\v on\u2028Friday{character} at noon")
    sign = f"U+{ord(character):04X}"
    assert refusal.value.messages == [
        f"We can’t accept the character {sign} after “We meet on Friday”. Please remove it."
    ]


@pytest.mark.parametrize("field", [LineField(), NameField(), EmailField(), PhoneField()])
def test_every_field_tells_what_it_cannot_take(field: Field) -> None:
    with pytest.raises(ValidationError) as refusal:
        field.clean("\0jo@example.com")
    assert refusal.value.messages == [
        "We can’t accept the character U+0000 at the beginning. Please remove it."
    ]


def test_a_place_is_told_by_a_few_words() -> None:
    text = "I have had this since the spring\0"
    assert words_before(text, text.index("\0")) == "…since the spring"
    assert words_before("x" * 90, 80) == f"…{'x' * 20}"


def test_what_is_far_too_long_is_refused_for_that_whatever_its_line_ends() -> None:
    with pytest.raises(ValidationError, match="at most 9 characters"):
        TextField(max_length=9).clean("line\r\n" * 99)


@pytest.mark.parametrize(
    "text",
    ["Zoë", "日本語", "\U0001fa77", "\U0001ffaa", "a\nb\tc", "😀", "شكرا", "\uf8ff", "\ufffd"],
)
def test_any_script_is_printable(text: str) -> None:
    assert find_unprintable(text) is None


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
