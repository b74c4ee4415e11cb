"""Numbers as pictures: bars laid out in units of their own, each picture with its table.

Names stand to the left of the bars, values to the right. `site_admin/chart.html` draws them.
"""

from collections.abc import Sequence
from typing import NamedTuple

WIDTH, ROW, BAR = 320, 24, 16
LEFT, RIGHT = 92, 46  # what names and values need
BASELINE = 17


class Amount(NamedTuple):
    """What a bar is of. `part` lies within `value`; None is a value that nobody knows."""

    name: str
    value: int | None
    part: int = 0


class Bar(NamedTuple):
    name: str
    value: int | None
    part: int
    top: int
    baseline: int
    width: float
    part_width: float
    value_at: float


class Chart(NamedTuple):
    """A picture of amounts, one below the other. Its size is WIDTH by `height`."""

    bars: list[Bar]
    width: int
    height: int
    left: int

    @property
    def bar_height(self) -> int:
        return BAR


class Picture(NamedTuple):
    """A chart and its table; the first cell of a row is its name."""

    key: str
    title: str
    text: str  # what it shows, for those who do not see it
    chart: Chart
    heading: list[str]
    rows: list[list[str]]
    part: str = ""  # what the darker part of a bar is


def draw_chart(amounts: Sequence[Amount], *, full: int = 0, left: int = LEFT) -> Chart:
    """Lay out the bars; the longest is `full`, or else the greatest value."""
    most = max([full, *(amount.value or 0 for amount in amounts)]) or 1
    room = WIDTH - left - RIGHT
    bars = []
    for row, amount in enumerate(amounts):
        width, part = (
            round(room * number / most, 1) for number in (amount.value or 0, amount.part)
        )
        top = row * ROW
        at = left + width + 6
        bars.append(Bar(*amount, top + (ROW - BAR) // 2, top + BASELINE, width, part, round(at, 1)))
    return Chart(bars, WIDTH, ROW * len(bars), left)
