"""The numbers as somebody reads them from the screen."""

from typing import Any

from bs4 import BeautifulSoup, Tag
from django.test import Client

NUMBERS = "/admin/numbers/"
JANUARY = f"{NUMBERS}?month=2027-01"

Read = dict[str, list[str]]


def read_table(table: Tag) -> Read:
    """What stands in each row, by its first cell."""
    lines = [
        [" ".join(cell.get_text(" ").split()) for cell in row.select("th, td")]
        for row in table.select("tbody tr")
    ]
    return {line[0]: line[1:] for line in lines}


def read_figures(client: Client, address: str = JANUARY) -> dict[str, str]:
    """The numbers of the month, by what they are called."""
    page = BeautifulSoup(client.get(address).content, "html.parser")
    return {
        name: cells[0] for name, cells in read_table(page.select(".chart-page table")[0]).items()
    }


def read_changes(client: Client, address: str = JANUARY) -> Read:
    """Of each number the month, the month before and the change."""
    page = BeautifulSoup(client.get(address).content, "html.parser")
    return {
        name: cells[:3] for name, cells in read_table(page.select(".chart-page table")[0]).items()
    }


def read_picture(client: Client, key: str, address: str = JANUARY) -> Read:
    """The table below a picture."""
    page = BeautifulSoup(client.get(address).content, "html.parser")
    [table] = page.select(f".chart-page__picture#{key} table")
    return read_table(table)


def drawn(client: Client, key: str, address: str = JANUARY) -> Any:
    page = BeautifulSoup(client.get(address).content, "html.parser")
    return page.select_one(f".chart-page__picture#{key} svg")
