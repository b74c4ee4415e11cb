import pytest

from clinic_site.forms.text import has_unprintable, normalise


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
    assert normalise(typed) == kept


@pytest.mark.parametrize("character", ["\0", "\x07", "\x1b", "\x85", "\ud800", "\ufffe", "\ufdd0"])
def test_what_no_keyboard_can_mean_is_unprintable(character: str) -> None:
    assert has_unprintable(f"a{character}b")


@pytest.mark.parametrize(
    "text", ["Zoë", "日本語", "\U0001fa77", "\U0001ffaa", "a\nb\tc", "😀", "شكرا"]
)
def test_any_script_is_printable(text: str) -> None:
    assert not has_unprintable(text)
