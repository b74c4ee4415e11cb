"""What the tests of the moderators' screens share."""

from bs4 import BeautifulSoup
from django.http import HttpResponse

from comments.models import Comment

QUEUE = "/admin/comments/"


def page_of(comment: Comment, act: str = "") -> str:
    return f"{QUEUE}{comment.pk}/{act and act + '/'}"


def soup_of(response: HttpResponse) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def said(response: HttpResponse) -> str:
    """The words of a screen's own part, in one line."""
    main = soup_of(response).main
    assert main is not None
    return " ".join(main.get_text(" ").split())


def held(response: HttpResponse, form: str) -> dict[str, str]:
    """What the form chosen by `form` would send if nothing were changed on it."""
    [found] = soup_of(response).select(form)
    fields = {
        field["name"]: field.get("value", "")
        for field in found.select("input[name]")
        if field.get("type") != "checkbox"
    }
    return fields | {
        area["name"]: area.text.removeprefix("\n") for area in found.select("textarea")
    }
