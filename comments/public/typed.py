"""What was typed into a form that could not be taken, kept for the page that says why."""

from dataclasses import asdict, dataclass, field

from django.forms import Form
from django.http import HttpRequest
from django.utils import timezone

from clinic_site.http.rate_limit import client_address
from comments.models import CommentDraft

LONGEST = 50_000  # ten times what a comment may have; what is too long by little comes back whole


@dataclass
class Typed:
    fields: dict[str, str] = field(default_factory=dict)
    refused: str = ""  # why it was not taken, if the form itself does not tell


def keep_typed(request: HttpRequest, form: type[Form], draft: str, *, refused: str = "") -> str:
    """Keep what was posted of a form, in the place of `draft` if it is there; return its token."""
    typed = Typed(
        {name: request.POST[name][:LONGEST] for name in form.base_fields if name in request.POST},
        refused,
    )
    row = CommentDraft.objects.usable(timezone.now()).with_token(draft).first()
    if row:
        row.keep(asdict(typed))
        return draft
    network_address = client_address(request.META)
    return CommentDraft.objects.begin(asdict(typed), network_address=network_address)


def typed_before(draft: str) -> Typed | None:
    """Return what was kept; None once it was sent, or is over."""
    row = CommentDraft.objects.usable(timezone.now()).with_token(draft).first()
    return Typed(**row.content) if row else None


def forget_typed(draft: str) -> None:
    if draft:
        CommentDraft.objects.with_token(draft).delete()
