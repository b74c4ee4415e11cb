"""Tables of a clipboard, whose cells may reach over several rows and columns."""

from bs4 import Tag

WIDEST = 100  # columns or rows that one cell reaches over, whatever it says


def grid_of(table: Tag) -> list[list[Tag | None]]:
    """Return the cells of `table` row by row, all rows of one length.

    A cell that reaches over several places stands in each of them; where there is none stands None.
    """
    grid: list[dict[int, Tag]] = []
    rows = [row for row in table.find_all("tr") if row.find_parent("table") is table]
    for number, row in enumerate(rows):
        _row(grid, number)
        column = 0
        for cell in row.find_all(["td", "th"], recursive=False):
            while column in grid[number]:
                column += 1
            # Whatever cells say, a table grows no wider by that.
            width = max(min(_span(cell, "colspan"), WIDEST - column), 1)
            height = _span(cell, "rowspan")
            for down in range(min(height, len(rows) - number)):
                _row(grid, number + down).update(dict.fromkeys(range(column, column + width), cell))
            column += width
    filled = [row for row in grid if row]
    widest = max((max(row) + 1 for row in filled), default=0)
    return [[row.get(column) for column in range(widest)] for row in filled]


def _row(grid: list[dict[int, Tag]], number: int) -> dict[int, Tag]:
    while len(grid) <= number:
        grid.append({})
    return grid[number]


def _span(cell: Tag, name: str) -> int:
    said = str(cell.get(name) or "1").strip()
    if not said.isdecimal() or len(said) > 5:
        return 1
    return min(int(said), WIDEST) or (WIDEST if name == "rowspan" else 1)  # 0: all rows below
