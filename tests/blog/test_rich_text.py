import pytest
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from tests.make import FIGURE_ONE


@pytest.mark.parametrize("kind", ["figure", "source"])
def test_a_reference_survives_the_editor(kind: str) -> None:
    reference = f'<a linktype="{kind}" {kind}="{FIGURE_ONE}">words</a>'
    stored = f'<p data-block-key="a">See {reference}.</p>'
    converter = ContentstateConverter(features=[f"{kind}-reference"])
    edited = converter.from_database_format(stored)
    assert FIGURE_ONE in edited
    assert converter.to_database_format(edited) == stored
