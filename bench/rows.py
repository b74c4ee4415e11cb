from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One line of the table: what was measured, what it was, and what it should be."""

    what: str
    figure: str
    bar: str = ""


def print_table(rows: list[Row]) -> None:
    width = max(len(row.what) for row in rows)
    figures = max(len(row.figure) for row in rows)
    for row in (Row("what", "measured", "bar"), *rows):
        print(f"{row.what:<{width}}  {row.figure:>{figures}}  {row.bar}".rstrip())  # noqa: T201
