"""The article in the editor."""

from typing import Any

from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm


class ArticlePageForm(WagtailAdminPageForm):
    """Keeps publication in the reviewer's hands. Drafts may be as incomplete as they like."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reviewer = self.fields.get("reviewer")
        if reviewer and self.instance.pk and self.instance.workflow_in_progress:
            reviewer.disabled = True
            reviewer.help_text = _("Cancel the review to choose somebody else.")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if reviewer := cleaned.get("reviewer"):
            if "action-publish" in self.data:
                self.add_error("reviewer", self._approval_needed(reviewer.name))
            if reviewer == cleaned.get("author") and not self.defers_required_fields:
                message = _("The author cannot be the reviewer. A review needs a second person.")
                self.add_error("reviewer", message)
            if not reviewer.can_sign_in and not self.defers_required_fields:
                message = _("%(name)s has no account to approve with. An owner can give one.")
                self.add_error("reviewer", message % {"name": reviewer.name})
        return cleaned

    def save(self, commit: bool = True) -> Any:
        if "reviewer" in self.changed_data:
            self.instance.reviewed_on = None  # it was another person's review
        return super().save(commit)

    @property
    def defers_required_fields(self) -> bool:
        """Whether this is a draft: nothing is published, submitted or approved by it."""
        actions = ("publish", "submit", "restart-workflow", "workflow-action")
        return not any(f"action-{action}" in self.data for action in actions)

    @staticmethod
    def _approval_needed(name: str) -> str:
        message = _(
            "%(name)s has to approve this first. Save the draft, then choose “Submit to Medical "
            "review”; it is published when %(name)s approves it."
        )
        return message % {"name": name}
