"""Comments for the tests; each with a form of its own."""

from itertools import count
from typing import Any

from wagtail.models import Page

from clinic_site.mail.models import OutgoingEmail
from comments import signed_links
from comments.actions.addresses import confirm_reply_emails
from comments.actions.submission import submit_comment
from comments.models import Comment, CommentRules
from tests.outbox import emails_about

ADDRESS = "canary@reader.example"
_numbers = count()


def make_comment(page: Page, **said: Any) -> Comment:
    defaults = {
        "name": "Priya",
        "email": ADDRESS,
        "text": f"It clicked for me, says number {next(_numbers)}.",
        "idempotency_key": f"form {next(_numbers)}",
    }
    return submit_comment(page, **defaults | said)


def confirmed(comment: Comment) -> Comment:
    """The comment, after its writer has confirmed the address."""
    confirm_reply_emails(signed_links.confirmation(comment.commenter.pk))
    return comment


def make_rules(**fields: Any) -> CommentRules:
    rules: CommentRules = CommentRules.load()
    for name, value in fields.items():
        setattr(rules, name, value)
    rules.save()
    return rules


# Where replies are asked for, the email asks to confirm that.
RECEIVED = r"We have your comment|Please confirm"


def emails_saying(template_words: str) -> list[OutgoingEmail]:
    return list(emails_about(template_words))
