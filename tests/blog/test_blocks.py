import pytest
from django.test import Client

from tests.factories import FIGURE_ONE, figure, make_article, make_image

PAGE = "/fitness/psoas-so-what/"


pytestmark = [pytest.mark.usefixtures("clinic"), pytest.mark.any_database]


def shown(client: Client, *body: object) -> str:
    make_article(body=list(body))
    return client.get(PAGE).content.decode()


def test_a_callout_stands_out_by_a_heading_of_its_own(client: Client) -> None:
    text = "<p>If your leg goes numb.</p>"
    page = shown(client, ("callout", {"heading": "See a doctor", "text": text}))
    assert "See a doctor</h2>" in page
    assert "If your leg goes numb." in page


def test_a_callout_may_name_a_figure(client: Client) -> None:
    text = f'<p>See <a linktype="figure" figure="{FIGURE_ONE}">Fig. 8</a>.</p>'
    callout = {"type": "callout", "value": {"heading": "Look", "text": text}}
    page = shown(client, figure(FIGURE_ONE, make_image()), callout)
    assert f'<a href="#figure-{FIGURE_ONE}">Fig. 1</a>' in page


def test_a_quotation_names_its_source(client: Client) -> None:
    page = shown(client, ("quote", {"text": "Motion is lotion.", "source": "A saying"}))
    assert "<blockquote>" in page
    assert "A saying" in page


def test_a_table_has_headers_for_rows_and_columns(client: Client) -> None:
    table = {
        "caption": "How long to sit",
        "columns": [
            {"type": "text", "heading": "Who"},
            {"type": "number", "heading": "Minutes"},
        ],
        "rows": [{"values": ["A driver", 45]}],
    }
    page = shown(client, {"type": "table", "value": table})
    assert "<caption>How long to sit</caption>" in page
    assert '<th scope="col">Minutes</th>' in page
    assert '<th scope="row">A driver</th>' in page


def test_a_film_is_a_link_and_asks_nothing_of_its_host(client: Client) -> None:
    film = {"title": "Hip hinge", "url": "https://films.example/1", "image": None, "minutes": 3}
    page = shown(client, ("video", film))
    assert '<a href="https://films.example/1" rel="noreferrer">' in page
    assert "films.example, which has its own privacy rules" in page
    assert "<iframe" not in page


def test_an_invitation_shows_the_clinics_own_words(client: Client) -> None:
    page = shown(client, ("invitation", {})).split('class="invitation"')[1]
    assert "Ready to be pain free?" in page
    assert 'href="/book/"' in page
    assert "805-880-6533" in page


@pytest.mark.parametrize("side", ["left", "right"])
def test_a_figure_stands_beside_the_text_on_the_side_that_was_chosen(
    client: Client, side: str
) -> None:
    block = figure(FIGURE_ONE, make_image())
    block["value"] |= {"side": side, "wide": True}
    page = shown(client, block, {"type": "paragraph", "value": "<p>Words.</p>"})
    assert f'<figure class="figure figure-{side}"' in page
