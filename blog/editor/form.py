"""The article in the editor."""

from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import Page

from blog.review.readiness import was_approved
from clinic_site.pages.editing.forms import SitePageForm


class ArticlePageForm(SitePageForm):
    """Keeps publication in the reviewer's hands. Drafts may be as incomplete as they like."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reviewer = self.fields.get("reviewer")
        if reviewer and self.instance.pk and self.instance.workflow_in_progress:
            reviewer.disabled = True
            reviewer.help_text = _("To choose someone else, take it back from review first.")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if reviewer := cleaned.get("reviewer"):
            if "action-publish" in self.data and not self._is_as_approved():
                self.add_error("reviewer", self._approval_needed(reviewer.name))
            if reviewer == cleaned.get("author") and not self.is_draft:
                message = _("The author can’t be the reviewer. Someone else has to review it.")
                self.add_error("reviewer", message)
            if not reviewer.can_sign_in and not self.is_draft:
                message = _("%(name)s has no account to approve with. An owner can give one.")
                self.add_error("reviewer", message % {"name": reviewer.name})
        return cleaned

    def save(self, commit: bool = True) -> Any:
        if "reviewer" in self.changed_data:
            self.instance.reviewed_on = None  # it was another person's review
        return super().save(commit)

    def _is_as_approved(self) -> bool:
        """Whether the reviewer has approved what the form says."""
        latest = self.instance.latest_revision if self.instance.pk else None
        return latest is not None and not self.has_changed() and was_approved(latest)

    @staticmethod
    def _approval_needed(name: str) -> str:
        message = _(
            "%(name)s has to approve this first. Save the draft, then choose “Send to Medical "
            "review”; it’s published when %(name)s approves it."
        )
        return message % {"name": name}


def preset_author(page: Page, **_signal: Any) -> None:
    """Begin a new article with whoever writes it as its author, if they are among the people."""
    if hasattr(page, "author_id") and page.owner is not None:
        page.author = getattr(page.owner, "person", None)
