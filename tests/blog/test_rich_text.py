from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from tests.make import FIGURE_ONE

STORED = f'<p data-block-key="a">See <a linktype="figure" figure="{FIGURE_ONE}">Fig. 1</a>.</p>'


def test_a_figure_reference_survives_the_editor() -> None:
    converter = ContentstateConverter(features=["figure-reference"])
    edited = converter.from_database_format(STORED)
    assert FIGURE_ONE in edited
    assert converter.to_database_format(edited) == STORED
