"""Texts of WordPress, classic and of blocks, become parts in their reading order."""

from typing import Any

import pytest

from clinic_site.pages.pasting.document import (
    Item,
    Paragraph,
    PastedHeading,
    Quotation,
    Table,
)
from wordpress.bring.numbered import link_figures, number_figures, without_label
from wordpress.content.markup import plain_text
from wordpress.content.pieces import Embed, LiftedPicture
from wordpress.content.reading import read_content

UPLOADS = "https://old.example/wp-content/uploads/2019/05"
IMG = f'<img class="alignright wp-image-9" src="{UPLOADS}/a-300x225.jpg" alt="A bed" />'


def pieces(text: str, **more: Any) -> list[Any]:
    return read_content(text, **more).pieces


def kinds(text: str) -> list[str]:
    return [type(piece).__name__ for piece in pieces(text)]


def test_two_line_breaks_end_a_paragraph_and_one_is_a_line_break() -> None:
    assert pieces("One\ntwo\n\nthree <b>four</b>") == [
        Paragraph("One<br/>two"),
        Paragraph("three <b>four</b>"),
    ]


def test_a_list_between_lines_stays_a_list() -> None:
    text = "Before\n<ul>\n \t<li>one</li>\n \t<li>two</li>\n</ul>\nAfter"
    assert pieces(text) == [
        Paragraph("Before"),
        Item("one", 1, ordered=False),
        Item("two", 1, ordered=False),
        Paragraph("After"),
    ]


def test_a_picture_in_a_heading_goes_below_it_and_keeps_its_side() -> None:
    heading, picture, text = pieces(f"<h3>Beds{IMG}</h3>\n\nText")
    assert heading == PastedHeading(3, "Beds")
    assert (picture.number, picture.side, picture.alternative_text) == ("9", "right", "A bed")
    assert text == Paragraph("Text")


def test_a_picture_inside_a_sentence_leaves_the_sentence_whole() -> None:
    picture, text = pieces(f"The {IMG}bed is soft.")
    assert isinstance(picture, LiftedPicture)
    assert text == Paragraph("The bed is soft.")
    assert picture.beside == "The bed is soft."


@pytest.mark.parametrize(
    "caption",
    [
        f'[caption id="attachment_9" align="alignleft"]{IMG} A soft\nbed[/caption]',
        f'[caption id="attachment_9" align="alignleft" caption="A soft bed"]{IMG}[/caption]',
    ],
)
def test_a_caption_goes_with_its_picture_however_it_is_written(caption: str) -> None:
    before, picture, after = pieces(f"Before\n\n{caption}\n\nAfter")
    assert (picture.caption, picture.side, picture.number) == ("A soft bed", "left", "9")
    assert (before, after) == (Paragraph("Before"), Paragraph("After"))


def test_a_gallery_is_its_pictures_in_their_order() -> None:
    found = pieces('[gallery ids="3,1,2"]')
    assert [picture.number for picture in found] == ["3", "1", "2"]
    assert [picture.number for picture in pieces("[gallery]", attached=["7"])] == ["7"]


BLOCKS = """<!-- wp:columns --><div class="wp-block-columns"><!-- wp:column --><div>
<!-- wp:heading {"level":4} --><h4>Left</h4><!-- /wp:heading --></div><!-- /wp:column -->
<!-- wp:column --><div><!-- wp:paragraph --><p>Right</p><!-- /wp:paragraph --></div>
<!-- /wp:column --></div><!-- /wp:columns -->
<!-- wp:image {"id":9,"align":"left"} --><div class="wp-block-image"><figure class="alignleft">
<img src="UP/a.jpg" alt="A bed" class="wp-image-9"/><figcaption>Fig. 1: soft</figcaption></figure>
</div><!-- /wp:image -->
<!-- wp:list --><ul><!-- wp:list-item --><li>a<ul><li>b</li></ul></li><!-- /wp:list-item --></ul>
<!-- /wp:list -->
<!-- wp:pullquote --><figure class="wp-block-pullquote"><blockquote><p>Rest.</p><cite>Kim</cite>
</blockquote></figure><!-- /wp:pullquote -->
<!-- wp:table --><figure class="wp-block-table"><table><tbody><tr><td>1</td><td>2</td></tr>
</tbody></table><figcaption>Hours</figcaption></figure><!-- /wp:table -->
<!-- wp:latest-posts {"postsToShow":3} /-->
<!-- wp:query {"queryId":1} --><div><!-- wp:post-title /--><p>Template</p></div><!-- /wp:query -->
<!-- wp:buttons --><div><!-- wp:button --><div><a class="wp-block-button__link"
href="https://a.example/">Press</a></div><!-- /wp:button --></div><!-- /wp:buttons -->
<!-- wp:embed {"url":"https://vimeo.com/1"} --><figure><div class="wp-block-embed__wrapper">
https://vimeo.com/1
</div><figcaption>A film</figcaption></figure><!-- /wp:embed -->""".replace("UP", UPLOADS)


def test_blocks_are_flattened_in_order_and_what_servers_fill_is_named() -> None:
    content = read_content(BLOCKS)
    heading, right, picture, a, b, quote, table, button, embed = content.pieces
    assert (heading, right) == (PastedHeading(4, "Left"), Paragraph("Right"))
    assert (picture.side, picture.caption) == ("left", "Fig. 1: soft")
    assert (a, b) == (Item("a", 1, ordered=False), Item("b", 2, ordered=False))
    assert quote == Quotation(["Rest."], "Kim")
    assert table == Table([["1", "2"]], "Hours")
    assert button == Paragraph('<a href="https://a.example/">Press</a>')
    assert embed == Embed("https://vimeo.com/1", "A film")
    assert content.left_out == {"latest-posts": 1, "query": 1}


def test_lines_of_code_stay_lines() -> None:
    assert pieces("<pre><code>a\n  b</code></pre>") == [Paragraph("a<br/>b")]


def test_an_unknown_shortcode_stays_as_text_and_is_named_but_a_word_in_brackets_is_not() -> None:
    content = read_content('[contact-form-7 id="1"] and [sic] and [[gallery]]')
    assert content.shortcodes == {"contact-form-7": 1}
    assert "[contact-form-7" in content.pieces[0].html  # type: ignore[union-attr]
    assert "[gallery]" in content.pieces[0].html  # type: ignore[union-attr]


def test_frames_and_players_become_what_they_show() -> None:
    text = '<iframe src="https://www.youtube.com/embed/x"></iframe>\n\nhttps://vimeo.com/2'
    found = [piece.address for piece in pieces(text)]
    assert found == ["https://www.youtube.com/embed/x", "https://vimeo.com/2"]


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        '<img src="javascript:alert(1)" onerror="alert(1)">',
        '<a href="javascript:alert(1)" onclick="x()">a</a>',
        "<style>*{}</style>",
        '<svg onload="alert(1)"></svg>',
        "<p onmouseover=x>a</p>",
    ],
)
def test_nothing_that_runs_is_left(hostile: str) -> None:
    said = repr(pieces(f"Before\n\n{hostile}\n\nAfter"))
    assert "Before" in said
    assert "After" in said
    assert not any(bad in said for bad in ("alert", "javascript", "onclick", "onmouseover", "*{"))


def test_a_figure_is_certain_by_its_caption_or_in_the_paragraph_that_names_it() -> None:
    first = LiftedPicture("1", "a", beside="See Fig. 1 here.")
    second = LiftedPicture("2", "b", caption="Figure 2: bed")
    found = number_figures([first, second], ["See Fig. 1 here.", "As fig 2 and Fig. 3 show."])
    assert found.numbers == {0: 1, 1: 2}
    assert found.uncertain == ("Fig. 3",)
    assert without_label(second.caption) == "bed"


def test_numbers_that_the_order_would_change_are_left_to_a_person() -> None:
    pictures = [
        LiftedPicture("1", "a", caption="Fig. 2: a"),
        LiftedPicture("2", "b", caption="Fig. 1: b"),
    ]
    found = number_figures(pictures, ["See Fig. 1."])
    assert (found.numbers, found.uncertain) == ({}, ("Fig. 1",))


def test_a_number_inside_a_link_stays_a_link() -> None:
    html = '<p>See Fig. 1, <a href="/x/">Fig. 1</a>.</p>'
    refer = '<a linktype="figure" figure="id">Fig. 1</a>'
    assert link_figures(html, {1: "id"}) == f'<p>See {refer}, <a href="/x/">Fig. 1</a>.</p>'


def test_a_comment_becomes_plain_text_with_its_lines_and_links() -> None:
    html = 'One\nTwo\n\n<em>Three</em> <a href="https://a.example/">four</a><script>x</script>'
    assert plain_text(html) == "One\nTwo\n\nThree four (https://a.example/)"
