import json

import pytest
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from tests.factories import FIGURE_ONE

pytestmark = pytest.mark.any_database


@pytest.mark.parametrize("kind", ["figure", "source"])
def test_a_reference_survives_the_editor(kind: str) -> None:
    reference = f'<a linktype="{kind}" {kind}="{FIGURE_ONE}">words</a>'
    stored = f'<p data-block-key="a">See {reference}.</p>'
    converter = ContentstateConverter(features=[f"{kind}-reference"])
    edited = converter.from_database_format(stored)
    assert FIGURE_ONE in edited
    assert converter.to_database_format(edited) == stored


@pytest.mark.parametrize("data", [{}, {"figure": None}, {"figure": 'x" onclick="y'}, {"figure": 7}])
def test_a_reference_that_leads_nowhere_becomes_plain_words(data: dict[str, object]) -> None:
    state = {
        "blocks": [
            {
                "key": "a",
                "text": "words",
                "type": "unstyled",
                "depth": 0,
                "inlineStyleRanges": [],
                "entityRanges": [{"offset": 0, "length": 5, "key": 0}],
            }
        ],
        "entityMap": {"0": {"type": "FIGURE", "mutability": "IMMUTABLE", "data": data}},
    }
    converter = ContentstateConverter(features=["figure-reference"])
    assert converter.to_database_format(json.dumps(state)) == '<p data-block-key="a">words</p>'


def test_a_stored_reference_without_a_target_can_be_edited() -> None:
    converter = ContentstateConverter(features=["figure-reference"])
    assert "words" in converter.from_database_format('<p><a linktype="figure">words</a></p>')
