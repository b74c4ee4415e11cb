"""Whatever an export holds, what can be read of it is read, and the rest is named."""

from datetime import UTC, datetime
from io import BytesIO

import pytest

from tests.wordpress.exports import export, item
from wordpress.wxr.items import BadPiece, OldItem
from wordpress.wxr.read import Export, NotAnExport
from wordpress.wxr.stream import CHUNK


def read(text: str | bytes) -> tuple[list[OldItem], list[BadPiece]]:
    raw = text if isinstance(text, bytes) else text.encode()
    found = list(Export(BytesIO(raw), UTC).items())
    items = [each for each in found if isinstance(each, OldItem)]
    return items, [each for each in found if isinstance(each, BadPiece)]


@pytest.mark.parametrize("version", ["1.0", "1.1", "1.2"])
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_every_version_is_read_however_its_names_are_spelled(version: str, scheme: str) -> None:
    (found,), bad = read(export(item(7, "Words."), version=version, scheme=scheme))
    assert (found.number, found.kind, found.content, bad) == ("7", "post", "Words.", [])


def test_a_text_that_closes_itself_early_is_mended() -> None:
    broken = item(1, "a PLACE b").replace("PLACE", "]]>")
    found, bad = read(export(broken, item(2)))
    assert [each.number for each in found] == ["1", "2"]
    assert found[0].content == "a ]]> b"
    assert not bad


def test_an_item_inside_a_text_is_only_a_text() -> None:
    (found,), _bad = read(export(item(1, "<item>x</item> <wp:comment>")))
    assert found.content == "<item>x</item> <wp:comment>"


def test_of_a_file_that_is_cut_off_everything_before_is_read() -> None:
    whole = export(item(1), item(2), item(3, "cut"))
    found, bad = read(whole[: whole.index("cut")])
    assert [each.number for each in found][:2] == ["1", "2"]
    assert "cut off" in bad[-1].what


def test_characters_that_no_text_may_have_are_left_out_and_named() -> None:
    found, bad = read(export(item(1, "a\x0bb\x00c"), item(2)))
    assert [each.content for each in found] == ["abc", "Words."]
    assert "characters" in bad[0].what


def test_bytes_of_another_encoding_spoil_no_other_item() -> None:
    raw = export(item(1, "@"), item(2)).encode().replace(b"@", b"a\xe9")
    found, bad = read(raw)
    assert [each.number for each in found] == ["1", "2"]
    assert len(bad) == 1


BOMB = (
    '<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]>\n'
)


def test_entities_are_never_expanded() -> None:
    told = item(1).replace("Sleep well]]>", "T]]>&b;&x;")
    found, _bad = read(export(told, item(2), doctype=BOMB))
    assert [each.number for each in found] == ["1", "2"]
    assert found[0].title == "T&b;&x;"
    assert Export(BytesIO(export(doctype=BOMB).encode()), UTC).head.declares


def test_what_is_broken_costs_one_item_and_is_named() -> None:
    found, bad = read(export(item(1), "<item><title>a</b></item>", item(3)))
    assert [each.number for each in found] == ["1", "3"]
    assert [each.number for each in bad] == [2]


@pytest.mark.parametrize("text", ["", "no XML", "<html></html>", "<rss><channel></channel></rss>"])
def test_what_is_no_export_is_refused(text: str) -> None:
    with pytest.raises(NotAnExport):
        read(text)


def test_items_without_type_name_or_number_are_known_again() -> None:
    bare = "<item><title>Alone</title></item>"
    (first,), (again,) = read(export(bare))[0], read(export(bare))[0]
    assert first.kind == "post"
    assert first.key == again.key != ""


def test_of_two_items_with_one_number_both_are_read() -> None:
    found, _bad = read(export(item(5, "a"), item(5, "b")))
    assert [each.key for each in found] == ["5", "5~2"]


@pytest.mark.parametrize(
    ("utc", "local", "at"),
    [
        ("2019-05-01 12:00:00", "2019-05-01 05:00:00", datetime(2019, 5, 1, 12, tzinfo=UTC)),
        ("0000-00-00 00:00:00", "2019-05-01 05:00:00", datetime(2019, 5, 1, 5, tzinfo=UTC)),
        ("0000-00-00 00:00:00", "0000-00-00 00:00:00", None),
        ("2019-02-31 12:00:00", "nonsense", None),
    ],
)
def test_a_date_is_the_one_in_utc_where_that_is_sane(
    utc: str, local: str, at: datetime | None
) -> None:
    text = item(1).replace("_gmt>2019-05-01 12:00:00", f"_gmt>{utc}")
    text = text.replace("post_date>2019-05-01 12:00:00", f"post_date>{local}")
    (found,), _bad = read(export(text))
    assert found.dates.published == at


def test_an_item_longer_than_what_is_read_at_once_comes_whole() -> None:
    long = "word " * CHUNK
    found, _bad = read(export(item(1, long), item(2)))
    assert found[0].content == long
    assert len(found) == 2


def test_meta_is_never_unserialized() -> None:
    (found,), _bad = read(export(item(1, meta={"x": 'O:8:"stdClass":0:{}'})))
    assert found.meta["x"] == 'O:8:"stdClass":0:{}'
