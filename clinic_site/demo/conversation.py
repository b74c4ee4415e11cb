"""What visitors have left behind: comments, one of them still waiting."""

from django.contrib.auth import get_user_model
from wagtail.models import Page

from comments.models import Comment
from comments.services import approve, submit_comment

APPROVED = [
    (
        "Priya N.",
        "The broom made it click for me. I had stretched my hip for two years and never thought "
        "to ask what the other side was doing.",
    ),
    (
        "Walt",
        "Is it worth doing anything about this at seventy-four, or is it simply too late by then?",
    ),
]
WAITING = (
    "Jo",
    "How often should somebody who drives for a living get out and stand up? Every hour?",
)


def create_comments() -> None:
    page = Page.objects.get(slug="psoas-so-what")
    moderator = get_user_model().objects.get(username="moderator")
    for name, text in APPROVED:
        comment = _submit(page, name, text)
        approve(comment, by=moderator)
    _submit(page, *WAITING)


def _submit(page: Page, name: str, text: str) -> Comment:
    address = f"{name.split()[0].lower()}@reader.example"
    return submit_comment(page, name=name, email=address, text=text, submission_key=f"demo {name}")
